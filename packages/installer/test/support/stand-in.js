import { once } from 'node:events';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// A program in the place of tp-manager that does what a file beside its config.yml says: `exit 1`, `serve`, `fail`, which is to end
// with 1 when that file says something else, or `pay`, which is to end, once it was told to stop, only then.
// By an import Node would load all of undici as well, which takes longer than the rest of the stand-in's start.
const { createServer } = process.getBuiltinModule('node:http');
const configFile = process.argv[process.argv.indexOf('--config') + 1];
const data = dirname(configFile);
const behaviourFile = join(data, 'behaviour');
const textOf = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
};
const read = () => {
  const text = textOf(behaviourFile) ?? 'serve';
  // Whoever writes it empties it first.
  return text === '' ? read() : text.trim();
};
// What a command complains of, as tp-manager does on stderr.
if (process.argv.includes('status')) {
  console.log('all is well');
  process.stderr.write(textOf(join(data, 'complaint')) ?? '');
  process.exit(0);
}
const behaviour = read();
appendFileSync(join(data, 'starts'), `${process.pid} ${process.env.NODE_OPTIONS ?? ''}\n`);

const [what, status] = behaviour.split(' ');
if (what === 'exit') {
  console.error(`The stand-in ends with ${status}.`);
  process.exit(Number(status));
}

if (what === 'fail') {
  setInterval(() => read() !== 'fail' && process.exit(1), 20);
  await once(process, 'never');
}

const running = join(data, 'tp-manager.running.json');
const tell = (more) => {
  const { port } = server.address();
  writeFileSync(`${running}.new`, JSON.stringify({ pid: process.pid, since: 'now', port, ...more }));
  renameSync(`${running}.new`, running);
};
const end = () => {
  rmSync(running, { force: true });
  process.exit(0);
};
const config = textOf(configFile) ?? '';
const value = (key) => new RegExp(`^${key}: "?([^"\n]*)"?$`, 'm').exec(config)?.[1] ?? '';
const credentials = `Basic ${Buffer.from(`${value('api_username')}:${value('api_password')}`).toString('base64')}`;
const stop = () => {
  if (behaviour !== 'pay') return end();
  tell({ stopping: true });
  writeFileSync(join(data, 'stopping'), '');
  setInterval(() => read() !== 'pay' && end(), 20);
};
const answers = {
  '/version': { version: '0.0.0-stand-in' },
  '/health': { status: 'ok' },
  '/stop': { message: 'as tp-manager says', stopped: behaviour !== 'pay' },
};
const server = createServer((request, response) => {
  const answer = request.headers.authorization === credentials ? answers[request.url] : undefined;
  response.writeHead(answer === undefined ? 401 : 200, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(answer ?? {}), () => request.url === '/stop' && answer !== undefined && stop());
});
server.listen(Number(value('local_port') || 0), '127.0.0.1', () => {
  tell({});
});
process.on('SIGTERM', stop);
