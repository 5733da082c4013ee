import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { describe, expect, test } from '@jest/globals';
import { cronLine } from '../src/acts/cron-line.ts';
import { TASK_NAME } from '../src/acts/scheduled-task.ts';
import { messagesIn } from '../src/messages/messages.ts';
import { readOptions } from '../src/options.ts';
import { blocks, guides } from './support/guides.ts';

describe.each(['en', 'fr'] as const)('docs/installation, %s', (language) => {
  const guide = guides[language];

  test('its file of answers is one', () => {
    const [yaml = ''] = blocks(guide, 'yaml');
    const { texts, others, problems, warnings } = readAnswers(yaml, { otherKeys: ['folder'] });
    expect([problems, warnings]).toEqual([[], []]);
    expect(Object.keys({ ...texts, ...others })).toHaveLength(17);
  });

  test('its commands of setup are understood', () => {
    const commands = blocks(guide, 'sh').flatMap((text) => [...text.matchAll(/^\.\/setup\.sh (.*)$/gm)]);
    expect(commands).toHaveLength(3);
    const world = { version: '', print() {}, printError() {} };
    const inText = [...guide.matchAll(/`\.\/setup\.sh ([^`]*)`/g)];
    expect(inText).toHaveLength(1);
    for (const [, args = ''] of [...commands, ...inText]) readOptions(args.split(' '), messagesIn('en'), world);
  });

  test('every option that it names is one', () => {
    const known = Object.keys(messagesIn('en').options).map((name) => `--${name}`);
    const named = [...guide.matchAll(/`(--[a-z-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(7);
    expect(named.filter((name = '') => !known.includes(name))).toEqual([]);
  });

  test("cron's line and the task are those that the setup makes", () => {
    expect(blocks(guide, 'crontab')).toContain(`${cronLine('/home/user/connector/always-up.sh')}\n`);
    expect(guide).toContain(`\`${TASK_NAME}\``);
  });

  test('the questions are worded as the setup asks them', () => {
    const { questions } = messagesIn(language);
    for (const key of ['folder', 'serial_port', 'serial_number', 'local_port', 'update_time', 'contract'] as const) {
      expect(guide).toContain(`| ${questions[key]} |`);
    }
  });

  test('every section that it points to is there', () => {
    const anchors = [...guide.matchAll(/^## (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
    expect([...guide.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor)).toEqual(anchors);
  });
});

test('both say the same by the same commands', () => {
  const words = (guide: string) =>
    ['sh', 'powershell', 'yaml', 'bat', 'crontab']
      .flatMap((kind) => blocks(guide, kind))
      .join('')
      .replace(/IDENTIFIANT|LOGIN|MOT_DE_PASSE|PASSWORD|UTILISATEUR|USER/g, '');
  expect(words(guides.fr)).toBe(words(guides.en));
});
