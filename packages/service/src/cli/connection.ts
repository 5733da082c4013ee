import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { isWorkedOn, whoHolds } from '../journal/data-folder-lock.ts';
import { WrongUse } from '../wrong-use.ts';
import { type Answered, type Asked, callService } from './call-service.ts';
import { cliLimits } from './cli-limits.ts';
import type { CliWorld, Installation, Served } from './cli-world.ts';
import { howToStart } from './how-to-start.ts';
import { inBetween } from './in-between.ts';
import { installationOf } from './installation-of.ts';
import { strangeAnswer } from './who-answers.ts';

/**
 * The way to an installation's payments: through its service, or, for reading, straight from the journal where the
 * service does not run. Both give the same answers, as the same routes do.
 */
export class Connection {
  readonly installation: Installation;
  readonly #world: CliWorld;
  #isComplained = false;
  #offline: (Served & { close(): Promise<void> }) | undefined;

  private constructor(world: CliWorld, installation: Installation) {
    this.#world = world;
    this.installation = installation;
  }

  /** Lends a connection, and closes it. */
  static async with<T>(world: CliWorld, use: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = new Connection(world, await installationOf(world));
    try {
      return await use(connection);
    } finally {
      await connection.#offline?.close();
    }
  }

  /**
   * Asks the service, whatever it answers; `down` where it does not run. One that starts or ends has its data folder, and its
   * port not yet or no longer: soon it answers, or has left.
   */
  async ask(asked: Asked): Promise<Answered | 'down'> {
    const { served } = this.installation;
    if (served instanceof WrongUse) return 'down';
    for (let waitedMs = 0; ; waitedMs += cliLimits.stopCheckMs) {
      const answer = await this.#askNow(asked, served);
      if (answer !== 'down' || waitedMs >= cliLimits.betweenMs || !isWorkedOn(this.installation.dataFolder))
        return answer;
      await this.#world.pause(cliLimits.stopCheckMs);
    }
  }

  /** Whoever is refused has asked nothing yet: it may be asked again, whatever it is. */
  async #askNow(asked: Asked, { port: configured, credentials }: Served): Promise<Answered | 'down'> {
    const ports = [whoHolds(this.installation.dataFolder)?.port, configured].filter((port) => port !== undefined);
    for (const port of new Set(ports)) {
      const answer = await callService({ port, credentials }, asked);
      if (answer !== 'down') return answer;
    }
    return 'down';
  }

  /** Says once what is wrong with a configuration whose journal is read all the same. */
  complainOfConfig(): void {
    const { served } = this.installation;
    if (!(served instanceof WrongUse) || this.#isComplained) return;
    this.#isComplained = true;
    for (const problem of served.problems) this.#world.complain(problem);
  }

  /** Reads, from the service or else from its journal. */
  async read(path: string, accept?: string): Promise<Answered> {
    return orThrow(await this.#get({ method: 'GET', path, ...(accept !== undefined && { accept }) }));
  }

  async #get(asked: Asked): Promise<Answered> {
    const online = this.#offline === undefined ? await this.ask(asked) : 'down';
    if (online !== 'down') return online;
    if (this.#offline === undefined) {
      this.complainOfConfig();
      const between = inBetween(this.installation.dataFolder);
      this.#world.complain(
        between === undefined
          ? 'The service is not running: this is read straight from its journal.'
          : `${between} This is read straight from its journal.`,
      );
    }
    return this.askJournal(asked);
  }

  /** Asks the journal of a service that does not run. */
  async askJournal(asked: Asked): Promise<Answered> {
    this.#offline ??= await this.#world.serveJournal(this.installation);
    const answer = await callService(this.#offline, asked);
    if (answer === 'down')
      throw new OperatingError(
        '1000',
        'The journal cannot be read: nothing answers that was started for it. Ask again; if it stays so, tell support.',
      );
    return answer;
  }

  /** Reads what may not be there: undefined where it is not. */
  async readIfThere(path: string): Promise<Answered | undefined> {
    const answer = await this.#get({ method: 'GET', path });
    return answer.status === 404 && isOurs(answer) ? undefined : orThrow(answer);
  }

  /** Changes something, which only the running service does. */
  async change(path: string, body: unknown): Promise<Answered> {
    const { served } = this.installation;
    if (served instanceof WrongUse) throw served;
    const answer = await this.ask({ method: 'POST', path, body });
    if (answer === 'down') {
      const start = howToStart({ ...this.installation, ...this.#world, configFile: this.#world.configFile() });
      const why = 'The service is not running, and only the running service changes payments';
      const what = inBetween(this.installation.dataFolder) ?? `${why}: start it (${start}), then ask again.`;
      throw new OperatingError('1000', what);
    }
    return orThrow(answer);
  }
}

/** Another program on that port has 404s of its own. */
function isOurs({ body }: Answered): boolean {
  return (body as { errorCode?: string } | undefined)?.errorCode === '1103';
}

/** What was wrong, in the service's own words; a wrong request is a wrong use of the command. */
function orThrow(answer: Answered): Answered {
  const { status, body } = answer;
  if (status < 400) return answer;
  const said = (body as { errorDescription?: string } | undefined)?.errorDescription;
  const what = strangeAnswer(answer) ?? said ?? `The service answered with HTTP status ${status}. Look at its log.`;
  if (status === 400 && said !== undefined) throw new WrongUse([what]);
  throw new OperatingError('1000', what);
}
