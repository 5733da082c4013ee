import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TillFolder } from './made-up-till.ts';

/** A whole file of answers, by its lines; `null` takes one out. */
const whole: Record<string, string> = {
  hipay_login: '1234567.stage-secure-gateway.hipay-tpp.com',
  hipay_password: 'Test_1234567',
  serial_port: 'COM1',
  serial_number: 'SN_123',
  local_port: '3001',
  api_username: 'log',
  api_password: 'till secret',
  environment: 'prod',
  authorization_threshold: '3',
  update_time: '06:15',
  contract: '{ proxy: { payment_application: 001, merchant_id: 1234567, rank: 001 } }',
};

/** The text of that file; the folder is below the till's. */
export function answersText({ root }: TillFolder, changes: Record<string, string | null> = {}): string {
  const lines: Record<string, string | null> = { folder: join(root, 'connector'), ...whole, ...changes };
  return Object.entries(lines)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}\n`]))
    .join('');
}

/** Writes it, and returns the options that name it. */
export function answersFile(folder: TillFolder, changes: Record<string, string | null> = {}): string[] {
  const path = join(folder.root, 'answers.yml');
  writeFileSync(path, answersText(folder, changes));
  return ['--answers', path];
}
