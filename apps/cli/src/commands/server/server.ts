import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { runProgram } from './startProcess.ts';

interface Options {
  readonly config?: string;
}

const environment = (options: Options): NodeJS.ProcessEnv =>
  options.config === undefined ? {} : { ISTHMUS_CONFIG: options.config };

/** `serve`, `sandbox` and `doctor`: the commands that run a program here instead of asking a server. */
export function addServerCommands(program: Command): void {
  program
    .command('serve')
    .description('run the server in the foreground')
    .option('--config <file>', 'configuration file; see docs/operations/configuration.md')
    .action(
      action((_context: Context, options: Options) => runProgram('@isthmus/server/main', [], environment(options))),
    );
  program
    .command('sandbox')
    .description('run a whole practice system: a domain controller, an emulated tenant and the server')
    .option('--world <name>', 'contoso-small, contoso-10k or empty')
    .action(
      action((_context: Context, options: { readonly world?: string }) =>
        runProgram('@isthmus/sandbox/main', options.world === undefined ? [] : ['--world', options.world], {}),
      ),
    );
  program
    .command('doctor')
    .description('check the installation: data folder, database, certificates, directory and its rights, cloud, agent')
    .option('--config <file>', 'configuration file of the server')
    .action(
      action(({ output }: Context, options: Options) =>
        runProgram('@isthmus/server/doctor', output.json ? ['--json'] : [], environment(options)),
      ),
    );
}
