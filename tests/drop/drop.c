/* drop: drops files on a window, as a file manager does: the source's side of
 * the X drag-and-drop protocol, version 5 (freedesktop.org, XDND).
 *
 *   drop WINDOW FILE...
 *
 * Exit status: 0 the window has taken them, 1 it has refused, 2 wrong usage, 3
 * there is no display, or the window does not know the protocol or is silent. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VERSION = 5, PATIENCE_MS = 30000, URIS_MOST = 1 << 16 };

enum name {
    AWARE, ENTER, POSITION, STATUS, DROP, FINISHED, SELECTION, COPY, URI_LIST,
    NAMES
};

struct drag {
    Display *display;
    Window source, target;
    Atom atom[NAMES];
    char uris[URIS_MOST];
};

/* "file:///tmp/a%20b.json", a line each (RFC 2483). */
static void add_uri(char *uris, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU"
                                "VWXYZ0123456789-._~/";
    size_t n = strlen(uris);
    n += (size_t)snprintf(uris + n, URIS_MOST - n, "file://");
    for (const char *c = path; *c && n + 8 < URIS_MOST; c++)
        n += (size_t)(strchr(plain, *c)
                          ? snprintf(uris + n, 4, "%c", *c)
                          : snprintf(uris + n, 4, "%%%02X", (unsigned char)*c));
    snprintf(uris + n, URIS_MOST - n, "\r\n");
}

static void name_atoms(struct drag *d)
{
    static char *const names[NAMES] = {
        [AWARE] = "XdndAware",       [ENTER] = "XdndEnter",
        [POSITION] = "XdndPosition", [STATUS] = "XdndStatus",
        [DROP] = "XdndDrop",         [FINISHED] = "XdndFinished",
        [SELECTION] = "XdndSelection", [COPY] = "XdndActionCopy",
        [URI_LIST] = "text/uri-list"};
    XInternAtoms(d->display, (char **)names, NAMES, False, d->atom);
}

/* The version of the protocol that the window knows, 0: none. */
static long version_of(struct drag *d)
{
    Atom type;
    int format;
    unsigned long count, left;
    unsigned char *data = NULL;
    long version = 0;
    if (XGetWindowProperty(d->display, d->target, d->atom[AWARE], 0, 1, False,
                           AnyPropertyType, &type, &format, &count, &left,
                           &data) == Success &&
        format == 32 && count == 1)
        version = *(long *)(void *)data;
    if (data)
        XFree(data);
    return version;
}

static void tell(struct drag *d, enum name what, long a, long b, long c, long e)
{
    XEvent m;
    memset(&m, 0, sizeof m);
    m.xclient.type = ClientMessage;
    m.xclient.window = d->target;
    m.xclient.message_type = d->atom[what];
    m.xclient.format = 32;
    m.xclient.data.l[0] = (long)d->source;
    m.xclient.data.l[1] = a;
    m.xclient.data.l[2] = b;
    m.xclient.data.l[3] = c;
    m.xclient.data.l[4] = e;
    XSendEvent(d->display, d->target, False, NoEventMask, &m);
    XFlush(d->display);
}

/* The window asks for what is being dragged. */
static void hand_over(struct drag *d, const XSelectionRequestEvent *asks)
{
    XEvent m;
    bool known = asks->target == d->atom[URI_LIST];
    memset(&m, 0, sizeof m);
    m.xselection.type = SelectionNotify;
    m.xselection.requestor = asks->requestor;
    m.xselection.selection = asks->selection;
    m.xselection.target = asks->target;
    m.xselection.time = asks->time;
    m.xselection.property = known ? asks->property : None;
    if (known)
        XChangeProperty(d->display, asks->requestor, asks->property,
                        asks->target, 8, PropModeReplace,
                        (unsigned char *)d->uris, (int)strlen(d->uris));
    XSendEvent(d->display, asks->requestor, False, NoEventMask, &m);
    XFlush(d->display);
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until the window says that; 1 yes, 0 no, -1 nothing. */
static int await(struct drag *d, enum name what)
{
    struct pollfd p = {ConnectionNumber(d->display), POLLIN, 0};
    for (long end = now_ms() + PATIENCE_MS; now_ms() < end;) {
        XEvent e;
        while (XPending(d->display)) {
            XNextEvent(d->display, &e);
            if (e.type == SelectionRequest)
                hand_over(d, &e.xselectionrequest);
            if (e.type == ClientMessage &&
                e.xclient.message_type == d->atom[what])
                return (int)(e.xclient.data.l[1] & 1);
        }
        poll(&p, 1, 100);
    }
    fprintf(stderr, "drop: the window is silent\n");
    return -1;
}

static int drag_and_drop(struct drag *d)
{
    Window root = DefaultRootWindow(d->display), child;
    int x, y;
    if (version_of(d) < 3) {
        fprintf(stderr, "drop: the window takes no files\n");
        return 3;
    }
    d->source = XCreateSimpleWindow(d->display, root, 0, 0, 1, 1, 0, 0, 0);
    XSetSelectionOwner(d->display, d->atom[SELECTION], d->source, CurrentTime);
    XTranslateCoordinates(d->display, d->target, root, 100, 100, &x, &y, &child);
    tell(d, ENTER, VERSION << 24, (long)d->atom[URI_LIST], 0, 0);
    tell(d, POSITION, 0, (long)x << 16 | y, CurrentTime, (long)d->atom[COPY]);
    int takes = await(d, STATUS);
    if (takes != 1)
        return takes < 0 ? 3 : 1;
    tell(d, DROP, 0, CurrentTime, 0, 0);
    int took = await(d, FINISHED);
    return took < 0 ? 3 : !took;
}

int main(int argc, char **argv)
{
    static struct drag d;
    if (argc < 3) {
        fprintf(stderr, "usage: drop WINDOW FILE...\n");
        return 2;
    }
    d.display = XOpenDisplay(NULL);
    if (!d.display) {
        fprintf(stderr, "drop: there is no display\n");
        return 3;
    }
    d.target = strtoul(argv[1], NULL, 0);
    for (int i = 2; i < argc; i++)
        add_uri(d.uris, argv[i]);
    name_atoms(&d);
    int status = drag_and_drop(&d);
    XCloseDisplay(d.display);
    return status;
}
