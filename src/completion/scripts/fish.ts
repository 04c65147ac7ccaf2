/** fish adds no blank after a value that ends with a slash. */
export const fishScript = `# Completion of gt for fish. It calls gt, and never evaluates its output.
function __gt_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l lines (command gt completion candidates -- fish $words "$current" 2>/dev/null </dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case directories
            __fish_complete_directories "$current"
        case values
            set -e lines[1]
            if set -q lines[1]
                printf '%s\\n' $lines
            end
    end
end
complete -c gt -e
complete -c gt -f -a '(__gt_complete)'
`
