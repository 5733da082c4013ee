import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import { styleText } from 'node:util';
import { startSimulatedGateway } from '../gateway/simulated-gateway.ts';
import { realClock } from '../real-clock.ts';
import { startTerminal } from '../start-terminal.ts';
import { narrate } from '../terminal/narrate.ts';
import { checkPayment } from './check-payment.ts';
import { demoConfig, demoShop } from './demo-config.ts';
import { findService } from './find-service.ts';
import { freePort } from './free-port.ts';
import { basicAuthorization, curlLine, type DemoOrder, pay } from './pay.ts';
import { ServiceProcess } from './service-process.ts';

export interface DemoOptions {
  once: boolean;
  tpManager?: string | undefined;
  paymentMs?: number | undefined;
  /** Where the demonstration's own folder is made; the system's place for such where nothing is said. */
  temporary?: string | undefined;
  print: (text: string) => void;
  /** Resolves when a person wants to end. */
  interrupted: Promise<void>;
}

type Undo = () => Promise<void>;

/**
 * The whole system on this machine: terminal, service, gateway, and a till that pays twice. Resolves true where all went
 * well, false where something did not, or where a person ended it earlier. It leaves nothing behind.
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const undo: Undo[] = [];
  const tidy = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  let allWell = false;
  const demonstration = demonstrate(options, undo).then((well) => {
    allWell = well;
    return options.once ? undefined : options.interrupted;
  });
  try {
    await Promise.race([demonstration, options.interrupted]);
    if (!options.once) options.print('\nEnding ...');
    return allWell;
  } finally {
    await tidy();
    // Ended in its midst, it may have begun one thing more.
    await demonstration.catch(() => {});
    await tidy();
  }
}

async function demonstrate(
  { once, tpManager, paymentMs, temporary, print }: DemoOptions,
  undo: Undo[],
): Promise<boolean> {
  const program = findService(tpManager);
  const folder = await mkdtemp(join(temporary ?? tmpdir(), 'ecr-demo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const say = (who: string, text: string) => print(`${styleText('cyan', who.padEnd(8))} ${text}`);

  const gateway = await startSimulatedGateway({ port: 0, clock: realClock, log: (line) => say('gateway', line) });
  undo.push(() => gateway.close());
  const terminal = await startTerminal({
    ...(process.platform === 'linux' ? { line: 'pty', link: join(folder, 'terminal') } : { line: 'tcp' }),
    delays: { paymentMs },
    happened: (event) => {
      const text = narrate(event);
      if (text !== undefined) say('terminal', text);
    },
  });
  undo.push(() => terminal.close());
  say('terminal', `Ready at ${terminal.path}.`);

  const localPort = await freePort();
  const configFile = join(folder, 'config.yml');
  const config = demoConfig({ serialPort: terminal.path, localPort, gatewayUrl: gateway.url });
  await writeFile(configFile, config, { mode: 0o600 });
  const url = `http://127.0.0.1:${localPort}`;
  const headers = basicAuthorization();
  const service = await ServiceProcess.start({ program, configFile, url, headers, clock: realClock });
  undo.push(() => service.stop());
  say('service', `Ready at ${url}, configured in ${configFile}.`);

  let allWell = true;
  for (const { title, order, merchantId } of demoPayments()) {
    print(`\n${styleText('bold', title)}`);
    say('till', `POST ${url}/order ${JSON.stringify(order)}`);
    const answer = await pay(url, order);
    say('service', `HTTP ${answer.httpStatus} ${JSON.stringify(answer.body, null, 2)}`);
    const booked = gateway.orders();
    for (const received of booked.filter(({ orderId }) => orderId === order.order_id)) {
      say('gateway', `HiPay has: ${JSON.stringify(received, null, 2)}`);
    }
    const problems = checkPayment(order, answer, booked, merchantId);
    for (const problem of problems) print(styleText('red', `Not as it should be: ${problem}.`));
    if (problems.length === 0) print(styleText('green', 'Paid, and HiPay knows it.'));
    allWell &&= problems.length === 0;
  }
  if (!once) {
    print(`\nNow you: ${styleText('bold', curlLine(url, '100.02'))}`);
    const help = `${isSea() ? 'ecr-simulator' : 'npx ecr-simulator'} terminal --help`;
    print(`100.02 is refused; '${help}' lists what other amounts do. Ctrl-C ends all this.`);
  }
  return allWell;
}

function demoPayments(): { title: string; order: DemoOrder; merchantId: string }[] {
  const orderId = (name: string) => `demo-${name}-${Date.now()}`;
  return [
    {
      title: 'A payment by contact',
      order: { amount: '12.50', currency: 'EUR', order_id: orderId('contact') },
      merchantId: demoShop.proxy.merchant_id,
    },
    {
      title: 'A contactless payment',
      order: { amount: '100.01', currency: 'EUR', order_id: orderId('contactless') },
      merchantId: demoShop.nfc.merchant_id,
    },
  ];
}
