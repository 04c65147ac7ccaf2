/** Works with bash 3.2 and later. Bash 3.2 lacks `compopt`: a blank follows each value, and no files are completed. */
export const bashScript = `# Completion of gt for bash. It calls gt, and never evaluates its output.
_gt() {
  local what value description
  COMPREPLY=()
  {
    IFS= read -r what
    while IFS=$'\\t' read -r value description; do
      COMPREPLY+=("$value")
    done
  } < <(command gt completion candidates -- bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
  case $what in
    files) compopt -o default 2>/dev/null ;;
    directories) compopt -o dirnames -o nospace 2>/dev/null ;;
  esac
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F _gt gt
`
