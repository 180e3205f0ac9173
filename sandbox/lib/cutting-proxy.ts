import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy for TCP that breaks connections. */
export interface CuttingProxy {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** The bytes that were passed on to the server and from it. */
  readonly passed: { up: number; down: number };
  /** Breaks the next connection that has passed on this number of bytes. */
  cutAfter(direction: 'up' | 'down', bytes: number): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of `127.0.0.1:PORT`. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const passed = { up: 0, down: 0 };
  const cuts: { readonly direction: 'up' | 'down'; readonly bytes: number }[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(target.split(':')[1]), '127.0.0.1');
    const both = [client, upstream];
    const cut = () => {
      for (const socket of both) socket.destroy();
    };
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    const pass = (from: Socket, to: Socket, direction: 'up' | 'down') => {
      let count = 0;
      from.on('data', (chunk: Buffer) => {
        const index = cuts.findIndex(
          (each) => each.direction === direction && count + chunk.length >= each.bytes,
        );
        const rest = index < 0 ? chunk : chunk.subarray(0, (cuts[index]?.bytes ?? 0) - count);
        count += rest.length;
        passed[direction] += rest.length;
        const isFull = !to.write(rest);
        if (index >= 0) {
          cuts.splice(index, 1);
          from.pause();
          // What was passed on arrives.
          to.end(() => setTimeout(cut, 100));
        } else if (isFull) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
    };
    pass(client, upstream, 'up');
    pass(upstream, client, 'down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    cutAfter: (direction, bytes) => void cuts.push({ direction, bytes }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
