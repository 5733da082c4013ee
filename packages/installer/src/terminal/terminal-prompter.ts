import { stripVTControlCharacters } from 'node:util';
import { AbortPromptError } from '@inquirer/core';
import { input, password, select } from '@inquirer/prompts';
import type { Messages } from '../messages/messages.ts';
import {
  type ChoicePrompt,
  Interrupted,
  type PortPrompt,
  type Prompter,
  type SecretPrompt,
  type TextPrompt,
} from '../prompter.ts';
import { forgetTypedAhead } from './forget-typed-ahead.ts';
import { portPrompt } from './port-prompt.ts';
import { dim, theme } from './theme.ts';
import { anyKeyPrompt, enterPrompt } from './wait-prompts.ts';

/** The terminal that a person sits at. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream & { columns?: number };
}

/** What stands in place of a secret once it is typed, as the documentation shows it. */
const HIDDEN = '[hidden]';
const ERASE_LINE = '\r\u001b[2K';

/** Asks with Inquirer's prompts. */
export class TerminalPrompter implements Prompter {
  readonly #terminal: Terminal;
  readonly #help: Messages['help'];
  /** What is being done, as it stands in the line that is erased when it is done. */
  #progress = '';

  constructor(terminal: Terminal, { help }: Messages) {
    this.#terminal = terminal;
    this.#help = help;
  }

  text({ message, usual, problem }: TextPrompt): Promise<string> {
    const validate = async (text: string) => (await problem(text)) ?? true;
    return this.#answered(() =>
      input({ message, theme, validate, ...(usual !== undefined && { default: usual }) }, this.#terminal),
    );
  }

  async secret({ message, kept, problem }: SecretPrompt): Promise<string> {
    const help = this.#help;
    const typed = await this.#answered(() =>
      password(
        {
          message,
          mask: '*',
          validate: async (text) => (kept !== undefined && text === '' ? true : ((await problem(text)) ?? true)),
          theme: {
            ...theme,
            style: {
              answer: () => HIDDEN,
              message: (text: string, status: string) =>
                kept === undefined || status === 'done' ? text : `${text} ${dim(`(${help.kept})`)}`,
              keysHelpTip: () => dim(help.reveal),
            },
          },
        },
        this.#terminal,
      ),
    );
    return typed === '' && kept !== undefined ? kept : typed;
  }

  choose({ message, choices, usual }: ChoicePrompt): Promise<string> {
    const style = { keysHelpTip: () => dim(this.#help.choose) };
    return this.#answered(() =>
      select({ message, choices: [...choices], default: usual, theme: { ...theme, style } }, this.#terminal),
    );
  }

  port({ message, choices, find, remark, problem }: PortPrompt) {
    const context = { ...this.#terminal, clearPromptOnDone: false };
    const offered = choices.map(({ text, label }) => ({ answer: { kind: 'text' as const, text }, label }));
    return this.#answered(() =>
      portPrompt(
        {
          message,
          choices: [...offered, { answer: { kind: 'find' }, label: find }],
          remark,
          problem,
          help: this.#help.port,
          theme,
          erase: () => {
            context.clearPromptOnDone = true;
          },
        },
        context,
      ),
    );
  }

  async enter(message: string, until?: AbortSignal): Promise<boolean> {
    const context = { ...this.#terminal, clearPromptOnDone: true, ...(until !== undefined && { signal: until }) };
    try {
      await this.#answered(() => enterPrompt({ message }, context));
      return true;
    } catch (error) {
      if (error instanceof AbortPromptError) return false;
      throw error;
    }
  }

  anyKey(message: string): Promise<void> {
    return this.#answered(() => anyKeyPrompt({ message }, this.#terminal));
  }

  async during<T>(message: string, work: Promise<T>): Promise<T> {
    const { output } = this.#terminal;
    // Cut to one line: only one can be erased without knowing how the terminal wraps.
    const shown = stripVTControlCharacters(message).slice(0, Math.max(10, (output.columns ?? 80) - 1));
    this.#progress = dim(shown);
    output.write(this.#progress);
    try {
      return await work;
    } finally {
      this.#progress = '';
      output.write(ERASE_LINE);
    }
  }

  say(text: string): void {
    this.#terminal.output.write(`${ERASE_LINE}${text}\n${this.#progress}`);
  }

  async #answered<T>(ask: () => Promise<T>): Promise<T> {
    await forgetTypedAhead(this.#terminal.input);
    try {
      return await ask();
    } catch (error) {
      // Told apart by name: Inquirer's own packages may each bring a class of it.
      if (error instanceof Error && error.name === 'ExitPromptError') throw new Interrupted();
      throw error;
    }
  }
}
