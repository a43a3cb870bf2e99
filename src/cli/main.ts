/** The command line: finds the command, runs it, and turns whatever happens into a message and an exit code. */
import { InputError } from '../base/errors.js';
import { version } from '../base/version.js';
import type { Command } from './command.js';
import { data } from './data.js';
import { evaluate } from './evaluate.js';
import { exportCommand } from './export.js';
import { overview, usage } from './help.js';
import { listenForInterrupt } from './interrupt.js';
import { Output, type Streams } from './output.js';
import { parseCommandLine } from './parse.js';
import { predict } from './predict.js';
import { project } from './project.js';
import { serve } from './serve.js';
import { train } from './train.js';

export const commands: readonly Command[] = [data, train, predict, evaluate, exportCommand, project, serve];

/** Commands that are planned: known by name, so that the message can say so. */
const laterCommands: readonly string[] = ['explain', 'drift', 'robustness', 'trainer', 'bench'];

/**
 * @param line what stands after the program's name
 * @returns the exit code: 0 done, 1 our fault, 2 bad usage or bad input, 130 interrupted
 */
export async function main(line: string[], streams: Streams = process): Promise<number> {
  const output = new Output(line.includes('--json'), streams);
  const interrupt = listenForInterrupt();
  try {
    const [name, ...rest] = line;
    if (name === '--version') await output.answer({ version }, version);
    else if (name === '--help' || name === '-h' || name === 'help') await output.answer({ help: overview(commands) }, overview(commands));
    else {
      const command = commandNamed(name);
      if (rest.includes('--help') || rest.includes('-h')) await output.answer({ help: usage(command) }, usage(command));
      else await command.run(parseCommandLine(command, rest), { output, signal: interrupt.signal });
    }
    return 0;
  } catch (error) {
    return await output.fail(error);
  } finally {
    interrupt.release();
  }
}

function commandNamed(name: string | undefined): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  const advice = `There are: ${commands.map((candidate) => candidate.name).join(', ')}. See: benchwright --help`;
  if (name === undefined || name.startsWith('-')) {
    const message = name === undefined || name === '--json' ? 'No command was given.' : `"${name}" is not a command.`;
    throw new InputError('missing-command', message, { advice });
  }
  const later = laterCommands.includes(name);
  throw new InputError(
    later ? 'not-there-yet' : 'unknown-command',
    later ? `The command "${name}" is not there yet.` : `There is no command "${name}".`,
    {
      advice,
      place: { command: name },
    },
  );
}
