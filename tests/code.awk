# Prints C source with comments and the insides of string and character
# literals blanked out, line for line, so that a pattern finds only code.
# With -v keep_strings=1 only comments go (an #include needs its quotes).
{
    out = ""
    n = length($0)
    for (i = 1; i <= n; i++) {
        c = substr($0, i, 1)
        two = substr($0, i, 2)
        if (comment) {
            if (two == "*/") { comment = 0; i++ }
        } else if (quote != "") {
            if (c == "\\") {
                if (keep_strings) out = out two
                i++
            } else {
                if (c == quote) quote = ""
                if (keep_strings || quote == "") out = out c
            }
        } else if (two == "/*") {
            comment = 1; i++; out = out " "
        } else if (two == "//") {
            break
        } else {
            if (c == "\"" || c == "'") quote = c
            out = out c
        }
    }
    quote = ""
    print out
}
