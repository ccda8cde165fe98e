# An X display of our own (Xvfb), for scripts; it ends when they kill $xvfb.

# open_display DIR: $DISPLAY and $xvfb are set, and SDL is to use it; DIR takes
# what Xvfb has to say. It chooses its number. No authority: it listens to nobody
# but this machine's local socket. Without -noreset it would start anew whenever
# its last client leaves, and refuse a window opened just then.
open_display()
{
    Xvfb -displayfd 3 -noreset -screen 0 1920x1080x24 -nolisten tcp \
        3>"$1/display" 2>"$1/xvfb" &
    xvfb=$!
    until [ "$(wc -l <"$1/display")" -gt 0 ]; do
        kill -0 $xvfb || { cat "$1/xvfb" >&2; return 1; }
        sleep 0.1
    done
    DISPLAY=:$(cat "$1/display")
    SDL_VIDEODRIVER=x11
    export DISPLAY SDL_VIDEODRIVER
    unset WAYLAND_DISPLAY
}
