# Reads the calls of several runs of a model, and last those of the real
# program. What all the model's runs have in common, whoever ran when, is what
# timing does not decide: the real program must have it, too. Says how many
# calls that were, or what differs.

FNR == 1 { files++ }
{
    who = $1
    sub(/^[^ ]+ /, "")
    n = ++count[files, who]
    line[files, who, n] = $0
    names[who] = 1
}

END {
    for (who in names) {
        if (!count[files, who] && line[1, who, 1] ~ /^end SIGKILL/)
            continue # killed before it could say its name
        for (n = 1; n <= count[1, who]; n++) {
            for (f = 2; f < files; f++)
                if (line[f, who, n] != line[1, who, n])
                    break
            if (f < files)
                break
            if (line[files, who, n] != line[1, who, n]) {
                print who ", call " n ": " line[files, who, n] ", not " \
                    line[1, who, n]
                wrong = 1
                break
            }
            same++
        }
        all += count[1, who]
    }
    print same + 0, "of", all + 0
    exit wrong
}
