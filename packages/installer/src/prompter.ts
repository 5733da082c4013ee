/** How a person is asked; behind it stands a terminal. Each rejects with Interrupted on Ctrl-C. */
export interface Prompter {
  text(prompt: TextPrompt): Promise<string>;
  /** As text, but what was typed never shows; with `kept`, Enter alone gives that. */
  secret(prompt: SecretPrompt): Promise<string>;
  choose(prompt: ChoicePrompt): Promise<string>;
  /** Any text, or one of what is offered. */
  port(prompt: PortPrompt): Promise<PortAnswer>;
  /** Waits for Enter, and leaves no trace; false where `until` was aborted first. */
  enter(message: string, until?: AbortSignal): Promise<boolean>;
  /** Waits for any key; the message stays. */
  anyKey(message: string): Promise<void>;
  /** Shows what is being done for as long as it takes, and leaves no trace. */
  during<T>(message: string, work: Promise<T>): Promise<T>;
  /** A line that stays, above what is being done. */
  say(text: string): void;
}

interface AnyPrompt {
  message: string;
  /** What is wrong with a text, as the prompt shows it; undefined where it is right. */
  problem(text: string): Promise<string | undefined>;
}

export interface TextPrompt extends AnyPrompt {
  usual?: string | undefined;
}

export interface SecretPrompt extends AnyPrompt {
  kept?: string | undefined;
}

export interface ChoicePrompt {
  message: string;
  choices: readonly string[];
  usual: string;
}

export interface PortPrompt extends AnyPrompt {
  choices: { text: string; label: string }[];
  /** The label of the choice that finds the port by unplugging and plugging in. */
  find: string;
  /** Shown from the start, as if something wrong had been typed. */
  remark?: string | undefined;
}

export type PortAnswer = { kind: 'text'; text: string } | { kind: 'find' };

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  /** What has begun all the same, and is to be known. */
  readonly remark: string | undefined;

  constructor(remark?: string) {
    super('interrupted');
    this.remark = remark;
  }
}

/** Of a Ctrl-C meanwhile `remark` is said, where it says nothing itself. */
export async function sayingIfLeft<T>(remark: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Interrupted && error.remark === undefined) throw new Interrupted(remark);
    throw error;
  }
}
