import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { describe, expect, test } from '@jest/globals';
import { scheduledTask } from '../src/acts/scheduled-task.ts';
import { messagesIn } from '../src/messages/messages.ts';
import { blocks, guides, section } from './support/guides.ts';

/** What the setup's task has set, and how a person sets it in the Task Scheduler. */
const task = {
  '<BootTrigger>': { en: '*At startup*', fr: '*Au démarrage*' },
  '<DaysInterval>1</DaysInterval>': { en: '*Recur every* 1 day', fr: 'tous les 1 jours' },
  '<Interval>PT5M</Interval>': { en: '*Repeat task every* 5 minutes', fr: '*Répéter la tâche toutes les* 5 minutes' },
  '<Duration>P1D</Duration>': { en: '*for a duration of* 1 day', fr: '*pour une durée de* 1 jour' },
  '<LogonType>S4U</LogonType>': {
    en: 'Select *Run whether user is logged on or not*',
    fr: "Choisissez *Exécuter même si l'utilisateur n'est pas connecté*",
  },
  '<WakeToRun>true</WakeToRun>': {
    en: 'enable *Wake the computer to run this task*',
    fr: ": cochez *Sortir l'ordinateur du mode veille pour exécuter cette tâche*",
  },
  '<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>': {
    en: 'disable *Stop if the computer switches to battery power*',
    fr: "décochez *Arrêter si l'ordinateur passe sur batterie*",
  },
  '<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>': {
    en: '*Start the task only if the computer is on AC power*',
    fr: "*Ne démarrer la tâche que si l'ordinateur est relié au secteur*",
  },
  '<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>': {
    en: 'disable *Stop the task if it runs longer than*',
    fr: "décochez *Arrêter la tâche si elle s'exécute plus de*",
  },
  'always-up.cmd</Command>': { en: '`always-up.cmd`', fr: '`always-up.cmd`' },
};

describe.each(['en', 'fr'] as const)('docs/installation by hand, %s', (language) => {
  const guide = guides[language];

  test('the rights on a port are given by the command that the setup shows', () => {
    const userName = language === 'fr' ? 'UTILISATEUR' : 'USER';
    const missing = { at: 'no_rights', group: 'dialout', userName, belongs: false } as const;
    const [, command = ''] = messagesIn(language).portWarning('/dev/ttyACM0', missing);
    expect(blocks(section(guide, 3), 'sh')).toEqual([`${command.trim()}\n`]);
  });

  test.each(Object.entries(task))('the task is made with %s', (set, asDone) => {
    expect(scheduledTask('C:\\connector\\always-up.cmd', 'till')).toContain(set);
    expect(section(guide, 8).replace(/\n +/g, ' ')).toContain(asDone[language]);
  });

  test('its steps are numbered without a gap', () => {
    const steps = [...section(guide, 8).matchAll(/^(\d)\. /gm)].map(([, number]) => Number(number));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('who pays without a terminal asks at the ports that were named before', () => {
    const [answers = '', keys = ''] = blocks(guide, 'yaml');
    const { local_port: localPort } = readAnswers(answers).texts;
    const { serial_port: serialPort, hipay_gateway_url: gatewayUrl } = readAnswers(keys).texts;
    const paying = section(guide, 10);
    const [, gatewayPort] = /ecr-simulator gateway --port (\d+)/.exec(paying) ?? [];
    expect(paying).toContain(`http://localhost:${localPort}/order`);
    expect(paying).toContain(`ecr-simulator terminal --link ${serialPort}\n`);
    expect(gatewayUrl).toBe(`http://127.0.0.1:${gatewayPort}/rest/`);
    expect(paying).toContain(`http://127.0.0.1:${gatewayPort}/simulator/orders`);
  });
});

test('both have the same headings, each under its number', () => {
  const headings = (guide: string) =>
    [...guide.matchAll(/^(#+) (\d+\.)?/gm)].map(([, depth, number]) => [depth, number]);
  const outsideOfBlocks = (guide: string) => guide.replace(/^```[\s\S]*?^```$/gm, '');
  const [en, fr] = [guides.en, guides.fr].map((guide) => headings(outsideOfBlocks(guide)));
  expect(fr).toEqual(en);
  const numbers = en?.flatMap(([depth, number]) => (depth === '##' ? [number] : []));
  expect(numbers).toEqual(numbers?.map((_number, index) => `${index + 1}.`));
});
