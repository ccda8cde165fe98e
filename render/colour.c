/* colour.c: what tests ask of a colour (theme.h): contrast, lightness, what a
 * deuteranope sees, and how far two are apart.
 *
 * sRGB to linear light and CIELAB as in IEC 61966-2-1 and CIE 15, white D65. */
#include "render/theme.h"

#include <math.h>

struct linear {
    double r, g, b; /* 0 … 1 */
};

static double to_linear(unsigned byte)
{
    double c = byte / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static colour to_byte(double c)
{
    c = fmin(fmax(c, 0), 1);
    double v = c <= 0.0031308 ? 12.92 * c : 1.055 * pow(c, 1 / 2.4) - 0.055;
    return (colour)(v * 255 + 0.5);
}

static struct linear linear_of(colour c)
{
    return (struct linear){to_linear(c >> 16 & 255), to_linear(c >> 8 & 255),
                           to_linear(c & 255)};
}

static double luminance(colour c)
{
    struct linear l = linear_of(c);
    return 0.2126 * l.r + 0.7152 * l.g + 0.0722 * l.b;
}

double colour_contrast(colour a, colour b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

/* The curve of CIELAB. */
static double curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

double colour_lightness(colour c)
{
    return 116 * curve(luminance(c)) - 16;
}

/* Both rows of the matrix give the same for red and green: the green receptor
 * is missing. */
colour colour_deuteranope(colour c)
{
    struct linear l = linear_of(c);
    double rg = 0.29275 * l.r + 0.70725 * l.g;
    double b = -0.02234 * l.r + 0.02234 * l.g + l.b;
    return 0xFF000000u | to_byte(rg) << 16 | to_byte(rg) << 8 | to_byte(b);
}

struct lab {
    double l, a, b;
};

static struct lab lab_of(colour c)
{
    struct linear l = linear_of(c);
    double x = (0.4124 * l.r + 0.3576 * l.g + 0.1805 * l.b) / 0.95047;
    double y = 0.2126 * l.r + 0.7152 * l.g + 0.0722 * l.b;
    double z = (0.0193 * l.r + 0.1192 * l.g + 0.9505 * l.b) / 1.08883;
    double fy = curve(y);
    return (struct lab){116 * fy - 16, 500 * (curve(x) - fy),
                        200 * (fy - curve(z))};
}

double colour_distance(colour a, colour b)
{
    struct lab p = lab_of(a), q = lab_of(b);
    double dl = p.l - q.l, da = p.a - q.a, db = p.b - q.b;
    return sqrt(dl * dl + da * da + db * db);
}
