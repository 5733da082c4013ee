import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isUpKey,
  makeTheme,
  useKeypress,
  usePagination,
  usePrefix,
  useState,
} from '@inquirer/core';
import type { PortAnswer } from '../prompter.ts';
import { dim, type theme as promptTheme } from './theme.ts';

interface PortPromptConfig {
  message: string;
  choices: { answer: PortAnswer; label: string }[];
  remark: string | undefined;
  problem(text: string): Promise<string | undefined>;
  help: string;
  theme: typeof promptTheme;
  /** Called before the prompt ends with an answer that is none to be shown. */
  erase(): void;
}

const PAGE = 8;

/** A text prompt with a list below it: what is typed counts, and the list only where nothing is. */
export const portPrompt = createPrompt<PortAnswer, PortPromptConfig>((config, done) => {
  const theme = makeTheme(config.theme);
  const [status, setStatus] = useState<'idle' | 'loading' | 'done'>('idle');
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const [remark, setRemark] = useState(config.remark);
  const prefix = usePrefix({ status, theme });
  const { choices } = config;

  const finish = (answer: PortAnswer) => {
    if (answer.kind === 'find') config.erase();
    else setTyped(answer.text);
    setStatus('done');
    done(answer);
  };
  const take = async (text: string, wasTyped: boolean, write: (text: string) => void) => {
    setStatus('loading');
    const problem = await config.problem(text);
    if (problem === undefined) return finish({ kind: 'text', text });
    // The line is empty after Enter; what was typed is to be corrected, not typed anew.
    if (wasTyped) write(text);
    setRemark(problem);
    setStatus('idle');
  };

  useKeypress(async (key, line) => {
    if (status !== 'idle') return;
    if (isEnterKey(key)) {
      const chosen = choices[active]?.answer;
      if (typed.trim() !== '' || chosen === undefined) await take(typed, true, (text) => line.write(text));
      else if (chosen.kind === 'find') finish(chosen);
      else await take(chosen.text, false, () => {});
    } else if (isUpKey(key) || isDownKey(key)) {
      line.clearLine(0);
      setTyped('');
      setRemark(undefined);
      const step = isUpKey(key) ? -1 : 1;
      setActive((active + step + choices.length) % Math.max(1, choices.length));
    } else {
      setTyped(line.line);
      setRemark(undefined);
    }
  });

  const page = usePagination({
    items: choices,
    active,
    pageSize: PAGE,
    loop: false,
    renderItem: ({ item, isActive }) =>
      isActive && typed === '' ? theme.style.highlight(`> ${item.label}`) : dim(`  ${item.label}`),
  });
  const header = `${prefix} ${theme.style.message(config.message, status)}`;
  if (status === 'done') return `${header} ${theme.style.answer(typed)}`;
  const below = [page, dim(config.help), remark === undefined ? '' : theme.style.error(remark)];
  return [`${header} ${typed}`, below.filter((text) => text !== '').join('\n')];
});
