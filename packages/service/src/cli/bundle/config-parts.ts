import { describeProblem } from '@hipay-ecr/shared/config/parse-config.ts';
import { redactConfigText } from '@hipay-ecr/shared/config/redact-config-text.ts';
import { whoHolds } from '../../journal/data-folder-lock.ts';
import { callService } from '../call-service.ts';
import { inBetween } from '../in-between.ts';
import { json } from '../show-json.ts';
import type { BundlePart, BundleSources } from './bundle-part.ts';

/** The configuration as it may be shown, what is wrong with it, and how the service says that it is. */
export function configParts(sources: BundleSources): BundlePart[] {
  const { config, world } = sources;
  const text = async (): Promise<string> => {
    if ('unreadable' in config) throw new Error(config.unreadable);
    return config.text;
  };
  return [
    { name: 'config.yml', what: 'the configuration, secrets hidden', read: async () => redactConfigText(await text()) },
    {
      name: 'config-problems.txt',
      what: 'what is wrong with the configuration',
      read: async () => {
        await text();
        const { parsed } = config as Exclude<typeof config, { unreadable: string }>;
        const problems = [...(parsed.ok ? [] : parsed.problems), ...parsed.warnings];
        const sentences = problems.map((problem) => describeProblem(problem, world.configFile()));
        return `${sentences.length === 0 ? 'nothing' : sentences.join('\n')}\n`;
      },
    },
    { name: 'health.json', what: 'how the running service says that it is', read: () => health(sources) },
  ];
}

async function health({ config, dataFolder }: BundleSources): Promise<string> {
  if ('unreadable' in config || !config.parsed.ok) {
    throw new Error('the service cannot be asked, as its configuration cannot be read');
  }
  const { localPort, apiUsername: username, apiPassword: password } = config.parsed.config;
  const ports = [whoHolds(dataFolder)?.port, localPort].filter((port) => port !== undefined);
  for (const port of new Set(ports)) {
    const answer = await callService({ port, credentials: { username, password } }, { method: 'GET', path: '/health' });
    if (answer === 'down') continue;
    const { terminal } = (answer.body ?? {}) as { terminal?: unknown };
    if (terminal === undefined)
      throw new Error(`what answers at port ${port} is no health (HTTP status ${answer.status})`);
    return json(answer.body);
  }
  throw new Error(inBetween(dataFolder) ?? 'the service is not running');
}
