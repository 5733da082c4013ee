/** What came of asking the terminal whether it is there. */
export type Presence =
  | { at: 'answers' }
  /** The port opened, and nothing answered. */
  | { at: 'silent' }
  /** It is there, and occupied with something. */
  | { at: 'busy' }
  | { at: 'no_such_port' }
  /** `group` has the port; root where no other has. Who belongs to it already has it from the next login on. */
  | { at: 'no_rights'; group: string; userName: string; belongs: boolean }
  | { at: 'in_use' }
  | { at: 'not_serial' }
  /** A name of another operating system. */
  | { at: 'other_system'; platform: 'windows' | 'linux' }
  /** `auto` found no terminal, or several. */
  | { at: 'no_terminal' }
  | { at: 'several_terminals'; ports: string[] }
  /** No other way is known to say why. */
  | { at: 'cannot_open'; why: string };
