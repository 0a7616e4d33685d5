/** Shells that completion is made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

const bash = `# Completion of live-mem for bash. In ~/.bashrc: source <(live-mem completion bash)
_live_mem() {
  local name
  COMPREPLY=()
  while IFS= read -r name; do
    [[ -n "$name" ]] && COMPREPLY+=("\${name// /\\\\ }")
  done < <(live-mem __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _live_mem live-mem
`;

const zsh = `#compdef live-mem
# Completion of live-mem for zsh. In ~/.zshrc, after compinit: source <(live-mem completion zsh)
_live_mem() {
  local -a names
  names=("\${(@f)$(live-mem __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${names[1]}" ]]; then compadd -a names; else _files; fi
}
compdef _live_mem live-mem
`;

const fish = `# Completion of live-mem for fish. In ~/.config/fish/config.fish: live-mem completion fish | source
function __live_mem_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l names (live-mem __complete -- $words[2..-1] 2>/dev/null)
  if test -n "$names"
    printf '%s\\n' $names
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c live-mem -f -a '(__live_mem_complete)'
`;

/** What a shell must read to complete the command: it asks the command itself. */
export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
