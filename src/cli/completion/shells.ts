/** The commands with their options, as far as a shell needs them. */
export interface Tree {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly names: readonly string[];
    readonly description: string;
    readonly choices: readonly string[];
  }[];
  /** What the arguments may be, when that is a list. */
  readonly choices: readonly string[];
  /** True when it takes arguments that may be files. */
  readonly files: boolean;
  readonly commands: readonly Tree[];
}

/** Every command with the words that lead to it, `policy test`. */
function paths(
  tree: Tree,
  words: readonly string[] = [],
): { words: readonly string[]; node: Tree }[] {
  return [
    { words, node: tree },
    ...tree.commands.flatMap((child) => paths(child, [...words, child.name])),
  ];
}

function wordsOf({ commands, options, choices }: Tree): string[] {
  return [
    ...commands.map(({ name }) => name),
    ...options.flatMap(({ names }) => names),
    ...choices,
  ];
}

/** A bash function over the words typed so far; files where a command takes them. */
export function bash(tree: Tree): string {
  const cases = paths(tree).flatMap(({ words, node }) => [
    `    ${JSON.stringify(words.join(' '))}) words=${JSON.stringify(wordsOf(node).join(' '))}; files=${node.files ? '1' : ''} ;;`,
  ]);
  const known = paths(tree)
    .map(({ words }) => words.join(' '))
    .filter((path) => path !== '')
    .map((path) => JSON.stringify(path));
  return `_portcullis() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words="" files=""
  local i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "\${path:+$path }$word" in
      ${known.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n "$files" && "$current" != -* ]]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _portcullis ${tree.name}
`;
}

/** zsh runs the bash function through its own compatibility layer. */
export function zsh(tree: Tree): string {
  return `#compdef ${tree.name}
autoload -U +X bashcompinit && bashcompinit
${bash(tree)}`;
}

/** One \`complete\` line a word, each on the condition that its command was typed. */
export function fish(tree: Tree): string {
  const lines = paths(tree).flatMap(({ words, node }) => {
    const condition = conditionFor(words, node);
    return [
      ...node.commands.map((child) =>
        line(tree.name, condition, `-f -a ${child.name}`, child.description),
      ),
      ...node.choices.map((choice) => line(tree.name, condition, `-f -a ${choice}`, '')),
      ...node.options.map(({ names, description, choices }) =>
        line(
          tree.name,
          condition,
          `${names.map(fishFlag).join(' ')}${choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : ''}`,
          description,
        ),
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function conditionFor(words: readonly string[], node: Tree): string {
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
  const children = node.commands.map(({ name }) => name);
  const open = children.length > 0 ? [`not __fish_seen_subcommand_from ${children.join(' ')}`] : [];
  return [...seen, ...open].join('; and ');
}

function fishFlag(name: string): string {
  return name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`;
}

function line(program: string, condition: string, what: string, description: string): string {
  const when = condition === '' ? '' : ` -n '${condition}'`;
  const says = description === '' ? '' : ` -d '${description.replaceAll(/['\\]/g, '\\$&')}'`;
  return `complete -c ${program}${when} ${what}${says}`;
}
