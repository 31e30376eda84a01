/** What a statement is executed with. */
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RowContext } from './catalog-views.ts';
import { ConnectionLost, SqlRefusal } from './messages.ts';
import type { Login, Server, ServerState, Session, Step } from './server-state.ts';

export class RunContext implements RowContext {
  readonly server: Server;
  session: Session;
  readonly print: (line: string) => void;

  constructor(server: Server, session: Session, print: (line: string) => void) {
    this.server = server;
    this.session = session;
    this.print = print;
  }

  get state(): ServerState {
    return this.server.read();
  }

  get login(): Login {
    const login = this.state.logins.find(({ name }) => name === this.session.login);
    if (login === undefined) {
      throw new TypeError('The login is gone.');
    }
    return login;
  }

  use(database: string): void {
    this.session = { ...this.session, database };
    this.server.updateSession(this.session);
  }

  /** A session may have been killed, and a server may go down, at every step. */
  assertAlive(): void {
    if (this.server.orders().down === true) {
      throw new ConnectionLost('TCP Provider: Error code 0x2746.');
    }
    if (!this.server.isOpen(this.session.id)) {
      throw new SqlRefusal(
        596,
        21,
        'Cannot continue the execution because the session is in the kill state.',
      );
    }
  }

  /** Waits here when it is told to, until it is let go. */
  async step(step: Step): Promise<void> {
    this.assertAlive();
    const orders = this.server.orders();
    if (orders.hold !== step) {
      return;
    }
    this.server.order({ ...orders, hold: undefined, holding: this.session.id });
    writeFileSync(join(this.server.folder, 'held'), step);
    while (this.server.orders().holding === this.session.id) {
      await sleep(10);
      this.assertAlive();
    }
  }
}
