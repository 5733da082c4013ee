import { TillWithProgram } from './support/till-with-program.ts';

let till: TillWithProgram;
beforeEach(async () => {
  till = await TillWithProgram.open(() => ({}));
  await till.serve();
});
afterEach(() => till.close());

test('who is paid while the service stops hears of it, and that it was heard is written down', async () => {
  const { told } = await till.payWhile(12, 'stops', () => void till.service.child.kill('SIGTERM'));
  expect(told.outcome).toBe('approved');
  expect(await till.service.exit).toBe(0);
  const shown = await till.programs.run('--config', `${till.folder}/config.yml`, '--json', 'payments', 'show', 'stops');
  const payment = JSON.parse(shown.stdout);
  const kinds = payment.facts.map(({ kind }: { kind: string }) => kind);
  expect({ told: payment.told, kinds }).toEqual({ told: true, kinds: expect.arrayContaining(['told', 'traced']) });
});
