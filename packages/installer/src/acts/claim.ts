import { createServer } from 'node:net';

/**
 * A local address that one process can listen on: a named pipe on Windows, on Linux an abstract socket (unix(7)). It is no file, and
 * ends with its process, however that ends. Elsewhere everybody is told to be the only one.
 */
export function claim(name: string): Promise<(() => void) | undefined> {
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'win32') return Promise.resolve(() => {});
  const path = platform === 'win32' ? String.raw`\\.\pipe\${name}` : `\0${name}`;
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ path, exclusive: true }, () => {
      server.unref();
      resolve(() => server.close());
    });
  });
}
