/** Can be sourced after `compinit`, or saved as `_gt` in a directory of `fpath`. */
export const zshScript = `#compdef gt
# Completion of gt for zsh. It calls gt, and never evaluates its output.
_gt() {
  local what line value
  local -a lines whole whole_shown part part_shown
  lines=("\${(@f)$(command gt completion candidates -- zsh "\${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
  what=\${lines[1]}
  case $what in
    files) _files; return ;;
    directories) _files -/; return ;;
    values) ;;
    *) return 1 ;;
  esac
  for line in "\${(@)lines[2,-1]}"; do
    value=\${line%%$'\\t'*}
    [[ -z $value ]] && continue
    if [[ $value == */ ]]; then
      part+=("$value")
      part_shown+=("$value")
    else
      whole+=("$value")
      whole_shown+=("\${value}\${\${line#*$'\\t'}:+  -- \${line#*$'\\t'}}")
    fi
  done
  local shown=1
  (( \${#whole} )) && compadd -l -d whole_shown -a whole && shown=0
  (( \${#part} )) && compadd -S '' -d part_shown -a part && shown=0
  return shown
}
if [[ \${funcstack[1]} == _gt ]]; then
  _gt "$@"
else
  compdef _gt gt
fi
`
