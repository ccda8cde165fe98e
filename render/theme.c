/* theme.c: the four themes, as records, and the arithmetic of colour that
 * tests hold them to.
 *
 * Light is calm paper with one blue accent; dark keeps the same roles; the
 * projector theme is light with black text, heavier lines and larger type,
 * because a lamp in a bright room takes most of the contrast away; high
 * contrast is for weak eyes: black, white and few pure colours, no shade that
 * means anything, thick outlines, and a pattern for whatever is not solid.
 * State hues are those of Okabe and Ito, lightened where dark text stands on them. */
#include "render/theme.h"

#include "render/text.h"
#include "sim/base/promises.h"

#define RGB(hex) (0xFF000000u | (colour)0x##hex)

/* --------------------------------------------------------- what all share */

#define TYPES_SCREEN                                                           \
    {                                                                          \
        [TYPE_CAPTION] = {FACE_REGULAR, 12, 16},                               \
        [TYPE_BODY] = {FACE_REGULAR, 13, 18},                                  \
        [TYPE_STRONG] = {FACE_SEMIBOLD, 13, 18},                               \
        [TYPE_HEADING] = {FACE_SEMIBOLD, 14, 20},                              \
        [TYPE_TITLE] = {FACE_SEMIBOLD, 18, 24},                                \
        [TYPE_WHY] = {FACE_MEDIUM, 20, 28},                                    \
        [TYPE_STATE] = {FACE_SEMIBOLD, 15, 20},                                \
        [TYPE_INITIAL] = {FACE_BOLD, 13, 16},                                  \
        [TYPE_CODE] = {FACE_CODE, 13, 20},                                     \
        [TYPE_CODE_STRONG] = {FACE_CODE_BOLD, 13, 20},                         \
    }

#define TYPES_PROJECTOR                                                        \
    {                                                                          \
        [TYPE_CAPTION] = {FACE_MEDIUM, 20, 26},                                \
        [TYPE_BODY] = {FACE_MEDIUM, 21, 28},                                   \
        [TYPE_STRONG] = {FACE_BOLD, 21, 28},                                   \
        [TYPE_HEADING] = {FACE_BOLD, 22, 30},                                  \
        [TYPE_TITLE] = {FACE_BOLD, 26, 34},                                    \
        [TYPE_WHY] = {FACE_SEMIBOLD, 28, 38},                                  \
        [TYPE_STATE] = {FACE_BOLD, 25, 32},                                    \
        [TYPE_INITIAL] = {FACE_BOLD, 20, 24},                                  \
        [TYPE_CODE] = {FACE_CODE, 20, 28},                                     \
        [TYPE_CODE_STRONG] = {FACE_CODE_BOLD, 20, 28},                         \
    }

/* On light surfaces tokens are deep tones with white initials. */
#define DEEP(hex) {RGB(hex), RGB(FFFFFF), RGB(hex)}
#define PROCESSES_DEEP                                                         \
    {                                                                          \
        DEEP(135A8E), DEEP(6B3C92), DEEP(8F2759), DEEP(1C626B), DEEP(70491F),  \
        DEEP(3B47A3), DEEP(7D2B2B), DEEP(4E5B1C), DEEP(454F5E), DEEP(98307F)   \
    }

/* On dark ones they are light tones with dark initials. */
#define PALE(hex) {RGB(hex), RGB(11141B), RGB(hex)}
#define PROCESSES_PALE                                                         \
    {                                                                          \
        PALE(729DF5), PALE(C6A5EE), PALE(F39CC6), PALE(7DD0D6), PALE(DDB78E),  \
        PALE(AAB6FF), PALE(F2A5A1), PALE(C4D17D), PALE(BCC6D4), PALE(ECA0E2)   \
    }

#define HOLLOW 0u

/* What of a state's look does not depend on the theme. */
#define SOLID(h, i) .pattern = PATTERN_NONE, .height = h, .icon = i
#define DOTTED(h, i) .pattern = PATTERN_DOTS, .height = h, .icon = i
#define BARRED(h, i) .pattern = PATTERN_BARS, .height = h, .icon = i
#define CROSSED(h, i) .pattern = PATTERN_CROSS, .height = h, .icon = i
#define HATCHED(h, i)                                                          \
    .pattern = PATTERN_HATCH, .dashed = true, .height = h, .icon = i

#define STATES_LIGHT(out, word, paper)                                         \
    {                                                                          \
        [NEW] = {SOLID(0.25f, ICON_STATE_NEW), .fill = RGB(C9E6F8),            \
                 .outline = out, .text = word},                                \
        [READY] = {SOLID(0.55f, ICON_STATE_READY), .fill = RGB(F2B84B),        \
                   .outline = out, .text = word},                              \
        [RUNNING] = {SOLID(1.0f, ICON_STATE_RUNNING), .fill = RGB(3DB68F),     \
                     .outline = out, .text = word},                            \
        [BLOCKED] = {BARRED(0.3f, ICON_STATE_BLOCKED), .fill = RGB(F0986B),    \
                     .ink = RGB(C9541A), .outline = out, .text = word,         \
                     .plate = RGB(FBD9C7)},                                    \
        [TERMINATED] = {CROSSED(0.4f, ICON_STATE_TERMINATED),                 \
                        .fill = HOLLOW, .ink = RGB(A5A299), .outline = out,    \
                        .text = word, .plate = paper},                         \
        [READY_SUSPENDED] = {HATCHED(0.55f, ICON_STATE_SUSPENDED),             \
                             .fill = RGB(FFF8EA), .ink = RGB(E8A530),          \
                             .outline = out, .text = word,                     \
                             .plate = RGB(FFF8EA)},                            \
        [BLOCKED_SUSPENDED] = {HATCHED(0.3f, ICON_STATE_SUSPENDED),            \
                               .fill = RGB(FFF2EB), .ink = RGB(A84310),        \
                               .outline = out, .text = word,                   \
                               .plate = RGB(FFF2EB)},                          \
    }

/* ------------------------------------------------------------- the themes */

static const struct theme light = {
    .kind = THEME_LIGHT,
    .name = "light",
    .tones =
        {
            [TONE_GROUND] = RGB(F3F2EE),
            [TONE_SURFACE] = RGB(FFFFFF),
            [TONE_INSET] = RGB(F3F2EE),
            [TONE_HOVER] = RGB(ECEAE4),
            [TONE_PRESSED] = RGB(DDDAD1),
            [TONE_BAR] = RGB(1D2230),
            [TONE_BAR_INSET] = RGB(343B4E),
            [TONE_ACCENT] = RGB(0B69AB),
            [TONE_ACCENT_SOFT] = RGB(E2F0FA),
            [TONE_OK_SOFT] = RGB(DFF3EB),
            [TONE_WARN_SOFT] = RGB(FCF0D6),
            [TONE_ERROR_SOFT] = RGB(FCE5DB),
            [TONE_TIP] = RGB(1D2230),
            [TONE_HAIRLINE] = RGB(E0DED7),
            [TONE_LINE] = RGB(7D7B74),
            [TONE_STRONG] = RGB(20242F),
            [TONE_FOCUS] = RGB(0B69AB),
            [TONE_PLAYHEAD] = RGB(C8173C),
            [TONE_SHADOW] = 0x16202430u,
            [TONE_TEXT] = RGB(191D27),
            [TONE_MUTED] = RGB(5E616B),
            [TONE_FAINT] = RGB(6C6A64),
            [TONE_BAR_TEXT] = RGB(FFFFFF),
            [TONE_BAR_MUTED] = RGB(BAC2D2),
            [TONE_ON_ACCENT] = RGB(FFFFFF),
            [TONE_ACCENT_TEXT] = RGB(045E9C),
            [TONE_OK] = RGB(00694D),
            [TONE_WARN] = RGB(7F5000),
            [TONE_ERROR] = RGB(AC3A05),
            [TONE_TIP_TEXT] = RGB(FFFFFF),
        },
    .types = TYPES_SCREEN,
    .states = STATES_LIGHT(RGB(20242F), RGB(191D27), RGB(FFFFFF)),
    .processes = PROCESSES_DEEP,
    .radius = 10,
    .line = 1.5f,
    .edge = 1,
    .row = 24,
    .control = 36,
};

static const struct theme dark = {
    .kind = THEME_DARK,
    .name = "dark",
    .tones =
        {
            [TONE_GROUND] = RGB(12151C),
            [TONE_SURFACE] = RGB(1B1F29),
            [TONE_INSET] = RGB(252A36),
            [TONE_HOVER] = RGB(2C3240),
            [TONE_PRESSED] = RGB(3A4254),
            [TONE_BAR] = RGB(0B0D12),
            [TONE_BAR_INSET] = RGB(262C39),
            [TONE_ACCENT] = RGB(56B4E9),
            [TONE_ACCENT_SOFT] = RGB(172F45),
            [TONE_OK_SOFT] = RGB(12382D),
            [TONE_WARN_SOFT] = RGB(3B2E11),
            [TONE_ERROR_SOFT] = RGB(432015),
            [TONE_TIP] = RGB(EBEDF2),
            [TONE_HAIRLINE] = RGB(2E3441),
            [TONE_LINE] = RGB(8790A1),
            [TONE_STRONG] = RGB(DDE1E9),
            [TONE_FOCUS] = RGB(56B4E9),
            [TONE_PLAYHEAD] = RGB(FF6A85),
            [TONE_SHADOW] = 0x60000000u,
            [TONE_TEXT] = RGB(ECEEF3),
            [TONE_MUTED] = RGB(A6ADBC),
            [TONE_FAINT] = RGB(979FAF),
            [TONE_BAR_TEXT] = RGB(F4F5F8),
            [TONE_BAR_MUTED] = RGB(A6ADBC),
            [TONE_ON_ACCENT] = RGB(0A1722),
            [TONE_ACCENT_TEXT] = RGB(74C2F0),
            [TONE_OK] = RGB(54CDA4),
            [TONE_WARN] = RGB(F2BC55),
            [TONE_ERROR] = RGB(FF966E),
            [TONE_TIP_TEXT] = RGB(171A22),
        },
    .types = TYPES_SCREEN,
    .states =
        {
            [NEW] = {SOLID(0.25f, ICON_STATE_NEW), .fill = RGB(A3DBFF),
                     .outline = RGB(C4E3F6), .text = RGB(10131A)},
            [READY] = {SOLID(0.55f, ICON_STATE_READY), .fill = RGB(D9982A),
                       .outline = RGB(FBDDA0), .text = RGB(10131A)},
            [RUNNING] = {SOLID(1.0f, ICON_STATE_RUNNING), .fill = RGB(1F9872),
                         .outline = RGB(8FE3C6), .text = RGB(06140F)},
            [BLOCKED] = {BARRED(0.3f, ICON_STATE_BLOCKED), .fill = RGB(E4824F),
                         .ink = RGB(A8420F), .outline = RGB(FFBF9E),
                         .text = RGB(10131A), .plate = RGB(F3B898)},
            [TERMINATED] = {CROSSED(0.4f, ICON_STATE_TERMINATED),
                            .fill = HOLLOW, .ink = RGB(767F91),
                            .outline = RGB(AAB2C1), .text = RGB(ECEEF3),
                            .plate = RGB(1B1F29)},
            [READY_SUSPENDED] = {HATCHED(0.55f, ICON_STATE_SUSPENDED),
                                 .fill = RGB(2C2718), .ink = RGB(DDA536),
                                 .outline = RGB(FBDDA0), .text = RGB(FBEBCB),
                                 .plate = RGB(2C2718)},
            [BLOCKED_SUSPENDED] = {HATCHED(0.3f, ICON_STATE_SUSPENDED),
                                   .fill = RGB(30201A), .ink = RGB(A5481E),
                                   .outline = RGB(FFBF9E), .text = RGB(FFE0D1),
                                   .plate = RGB(30201A)},
        },
    .processes = PROCESSES_PALE,
    .radius = 10,
    .line = 1.5f,
    .edge = 1,
    .row = 24,
    .control = 36,
    .dark = true,
};

static const struct theme contrast = {
    .kind = THEME_CONTRAST,
    .name = "contrast",
    .tones =
        {
            [TONE_GROUND] = RGB(000000),
            [TONE_SURFACE] = RGB(000000),
            [TONE_INSET] = RGB(1C1C1C),
            [TONE_HOVER] = RGB(333333),
            [TONE_PRESSED] = RGB(4A4A4A),
            [TONE_BAR] = RGB(000000),
            [TONE_BAR_INSET] = RGB(2E2E2E),
            [TONE_ACCENT] = RGB(FFFF00),
            [TONE_ACCENT_SOFT] = RGB(002B4D),
            [TONE_OK_SOFT] = RGB(003D1F),
            [TONE_WARN_SOFT] = RGB(4A3500),
            [TONE_ERROR_SOFT] = RGB(5A0010),
            [TONE_TIP] = RGB(FFFFFF),
            [TONE_HAIRLINE] = RGB(A0A0A0),
            [TONE_LINE] = RGB(FFFFFF),
            [TONE_STRONG] = RGB(FFFFFF),
            [TONE_FOCUS] = RGB(FFFF00),
            [TONE_PLAYHEAD] = RGB(FF5CFF),
            [TONE_SHADOW] = 0,
            [TONE_TEXT] = RGB(FFFFFF),
            [TONE_MUTED] = RGB(E6E6E6),
            [TONE_FAINT] = RGB(B4B4B4),
            [TONE_BAR_TEXT] = RGB(FFFFFF),
            [TONE_BAR_MUTED] = RGB(E6E6E6),
            [TONE_ON_ACCENT] = RGB(000000),
            [TONE_ACCENT_TEXT] = RGB(FFFF00),
            [TONE_OK] = RGB(5CFFB0),
            [TONE_WARN] = RGB(FFD24D),
            [TONE_ERROR] = RGB(FFA68C),
            [TONE_TIP_TEXT] = RGB(000000),
        },
    .types = TYPES_SCREEN,
    .states =
        {
            [NEW] = {DOTTED(0.25f, ICON_STATE_NEW), .fill = RGB(000000),
                     .ink = RGB(7CC8FF), .outline = RGB(FFFFFF),
                     .text = RGB(FFFFFF), .plate = RGB(000000)},
            [READY] = {SOLID(0.55f, ICON_STATE_READY), .fill = RGB(FFC233),
                       .outline = RGB(FFFFFF), .text = RGB(000000)},
            [RUNNING] = {SOLID(1.0f, ICON_STATE_RUNNING), .fill = RGB(00A86B),
                         .outline = RGB(FFFFFF), .text = RGB(000000)},
            [BLOCKED] = {BARRED(0.3f, ICON_STATE_BLOCKED), .fill = RGB(FF8A4D),
                         .ink = RGB(000000), .outline = RGB(FFFFFF),
                         .text = RGB(000000), .plate = RGB(FF8A4D)},
            [TERMINATED] = {CROSSED(0.4f, ICON_STATE_TERMINATED),
                            .fill = HOLLOW, .ink = RGB(FFFFFF),
                            .outline = RGB(FFFFFF), .text = RGB(FFFFFF),
                            .plate = RGB(000000)},
            [READY_SUSPENDED] = {HATCHED(0.55f, ICON_STATE_SUSPENDED),
                                 .fill = RGB(000000), .ink = RGB(FFC233),
                                 .outline = RGB(FFFFFF), .text = RGB(FFFFFF),
                                 .plate = RGB(000000)},
            [BLOCKED_SUSPENDED] = {HATCHED(0.3f, ICON_STATE_SUSPENDED),
                                   .fill = RGB(000000), .ink = RGB(FF8A4D),
                                   .outline = RGB(FFFFFF), .text = RGB(FFFFFF),
                                   .plate = RGB(000000)},
        },
    .processes = PROCESSES_PALE,
    .radius = 6,
    .line = 2.5f,
    .edge = 2,
    .row = 24,
    .control = 36,
    .dark = true,
};

static const struct theme projector = {
    .kind = THEME_PROJECTOR,
    .name = "projector",
    .tones =
        {
            [TONE_GROUND] = RGB(ECEBE6),
            [TONE_SURFACE] = RGB(FFFFFF),
            [TONE_INSET] = RGB(EEEDE8),
            [TONE_HOVER] = RGB(E2E0D8),
            [TONE_PRESSED] = RGB(CBC8BD),
            [TONE_BAR] = RGB(0E121B),
            [TONE_BAR_INSET] = RGB(333B4E),
            [TONE_ACCENT] = RGB(00558F),
            [TONE_ACCENT_SOFT] = RGB(DCEEFB),
            [TONE_OK_SOFT] = RGB(D6F2E7),
            [TONE_WARN_SOFT] = RGB(FFEFC8),
            [TONE_ERROR_SOFT] = RGB(FFE1D4),
            [TONE_TIP] = RGB(0E121B),
            [TONE_HAIRLINE] = RGB(B9B6AC),
            [TONE_LINE] = RGB(4A4A47),
            [TONE_STRONG] = RGB(000000),
            [TONE_FOCUS] = RGB(00558F),
            [TONE_PLAYHEAD] = RGB(C00030),
            [TONE_SHADOW] = 0x20202430u,
            [TONE_TEXT] = RGB(000000),
            [TONE_MUTED] = RGB(393C45),
            [TONE_FAINT] = RGB(605E58),
            [TONE_BAR_TEXT] = RGB(FFFFFF),
            [TONE_BAR_MUTED] = RGB(D7DCE6),
            [TONE_ON_ACCENT] = RGB(FFFFFF),
            [TONE_ACCENT_TEXT] = RGB(004B80),
            [TONE_OK] = RGB(00523C),
            [TONE_WARN] = RGB(664000),
            [TONE_ERROR] = RGB(8F2D00),
            [TONE_TIP_TEXT] = RGB(FFFFFF),
        },
    .types = TYPES_PROJECTOR,
    .states = STATES_LIGHT(RGB(000000), RGB(000000), RGB(FFFFFF)),
    .processes = PROCESSES_DEEP,
    .radius = 12,
    .line = 2.5f,
    .edge = 1,
    .row = 36,
    .control = 52,
    .big = true,
};

const struct theme *theme_of(enum theme_kind kind)
{
    static const struct theme *const themes[THEME_COUNT] = {
        [THEME_LIGHT] = &light,
        [THEME_DARK] = &dark,
        [THEME_CONTRAST] = &contrast,
        [THEME_PROJECTOR] = &projector,
    };
    require(kind >= 0 && kind < THEME_COUNT);
    return themes[kind];
}

struct process_look theme_process(const struct theme *th, int index)
{
    require(index >= 0);
    return th->processes[index % PROCESS_LOOKS];
}

const struct tone_pair theme_pairs[] = {
    {TONE_TEXT, TONE_GROUND},       {TONE_TEXT, TONE_SURFACE},
    {TONE_TEXT, TONE_INSET},        {TONE_TEXT, TONE_HOVER},
    {TONE_TEXT, TONE_PRESSED},      {TONE_TEXT, TONE_ACCENT_SOFT},
    {TONE_TEXT, TONE_OK_SOFT},      {TONE_TEXT, TONE_WARN_SOFT},
    {TONE_TEXT, TONE_ERROR_SOFT},   {TONE_MUTED, TONE_GROUND},
    {TONE_MUTED, TONE_SURFACE},     {TONE_MUTED, TONE_INSET},
    {TONE_MUTED, TONE_HOVER},       {TONE_MUTED, TONE_ACCENT_SOFT},
    {TONE_BAR_TEXT, TONE_BAR},      {TONE_BAR_TEXT, TONE_BAR_INSET},
    {TONE_BAR_MUTED, TONE_BAR},     {TONE_BAR_MUTED, TONE_BAR_INSET},
    {TONE_ON_ACCENT, TONE_ACCENT},  {TONE_ACCENT_TEXT, TONE_SURFACE},
    {TONE_ACCENT_TEXT, TONE_INSET}, {TONE_ACCENT_TEXT, TONE_ACCENT_SOFT},
    {TONE_OK, TONE_SURFACE},        {TONE_OK, TONE_OK_SOFT},
    {TONE_WARN, TONE_SURFACE},      {TONE_WARN, TONE_WARN_SOFT},
    {TONE_ERROR, TONE_SURFACE},     {TONE_ERROR, TONE_ERROR_SOFT},
    {TONE_ERROR, TONE_INSET},       {TONE_TIP_TEXT, TONE_TIP},
};
const size_t theme_pair_count = sizeof theme_pairs / sizeof *theme_pairs;
