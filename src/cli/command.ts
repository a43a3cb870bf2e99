/** What a command is: its place in the help, what may be given to it, and what it does. No behaviour of its own. */
import type { Output } from './output.js';

export interface OptionDescription {
  /** What stands for the value in the help, such as `N` or `FILE`; a switch has none. */
  value?: string;
  description: string;
}

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Names of the positional arguments, all of them required. */
  positionals: string[];
  /** The last of them may be given several times. */
  more?: boolean;
  options: Record<string, OptionDescription>;
  /** @throws anything; `main` turns it into a message and an exit code */
  run(given: Given, context: Context): Promise<void>;
}

/** The command line, taken apart and checked against the command's own description. */
export interface Given {
  positionals: string[];
  /** Values by option name; a switch that was given is ''. */
  options: ReadonlyMap<string, string>;
}

export interface Context {
  output: Output;
  /** Aborted when the user interrupts. */
  signal: AbortSignal;
}
