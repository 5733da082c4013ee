import { Command } from 'commander';
import { startSimulatedGateway } from './gateway/simulated-gateway.ts';
import { wholeNumber } from './option-parsers.ts';
import { realClock } from './real-clock.ts';

/** What `--help` tells of the paths below /simulator; the test takes each fault from here. */
const CONTROL = `
What was booked, and what is to go wrong (PORT as above):
  curl http://127.0.0.1:PORT/simulator/orders
  curl http://127.0.0.1:PORT/simulator/faults
  curl -X DELETE http://127.0.0.1:PORT/simulator/faults
  curl -H 'Content-Type: application/json' -d FAULT http://127.0.0.1:PORT/simulator/faults

Faults, each until it is deleted, or with "times": 3 (so often) or "forMs": 60000 (so long):
  '{"kind": "refuse_connection", "times": 1}'    cuts each connection at once (one of the two is needed)
  '{"kind": "delay", "delayMs": 5000}'           answers late
  '{"kind": "timeout_after_booking"}'            books the order and never answers
  '{"kind": "drop_after_booking"}'               books the order and cuts the connection
  '{"kind": "http_500_html"}'                    books nothing and answers as a broken proxy does
  '{"kind": "http_status", "status": 503}'       books nothing and answers this status
  '{"kind": "code", "code": "1000001"}'          books nothing and answers this error code of HiPay's
  '{"kind": "state", "state": "declined"}'       an order with this state; also error, pending (booked), forwarding
  '{"kind": "lag", "lagMs": 5000}'               hides what is booked meanwhile from look-ups, each for so long
`;

/** `ecr-simulator gateway`: runs until it is interrupted. */
export function gatewayCommand(interrupted: Promise<void>): Command {
  return new Command('gateway')
    .description("a stand-in for HiPay's order interface")
    .option('--port <port>', 'listen on this port of 127.0.0.1 (0: any free one)', wholeNumber(0, 65_535), 8090)
    .addHelpText('after', CONTROL)
    .allowExcessArguments(false)
    .action(({ port }: { port: number }) => runGateway(port, interrupted));
}

async function runGateway(port: number, interrupted: Promise<void>): Promise<void> {
  const log = (line: string) => console.log(line);
  const gateway = await startSimulatedGateway({ port, clock: realClock, log }).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const instead = 'Stop that one, or choose another port with --port.';
    throw new Error(`Another program listens on port ${port} of 127.0.0.1. ${instead}`, { cause: error });
  });
  console.log(`hipay_gateway_url of the service: ${gateway.url}`);
  await interrupted;
  await gateway.close();
}
