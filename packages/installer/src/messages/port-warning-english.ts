import type { Presence } from '../ports/presence.ts';

/** What is wrong with the port, in plain words, and what to do; the terminal's menu is that of pyTeliumManager's README. */
export function portWarningInEnglish(port: string, presence: Exclude<Presence, { at: 'answers' }>): string[] {
  switch (presence.at) {
    case 'silent':
      return [
        `The terminal on ${port} does not answer. The setup goes on; look at these:`,
        '- Is it switched on, and does it show its idle screen? Where an amount stands there, press its red key.',
        '- Is the connection to the till switched on? On the terminal: F > 0-TELIUM MANAGER > 5-Initialisation >',
        '  1-Paramètres > "Connexion caisse" ("Cash connection" or "Checkout"), enable it, choose the plug that the',
        '  cable is in (USB, USB Base, COM1 or COM2), then restart the terminal (yellow key and #).',
        '- Where the menu has none of these, your bank has to enable them. They exist on French terminals only.',
        '- Is it this port? Run the setup again and choose "Find it".',
      ];
    case 'busy':
      return [`The terminal on ${port} is there, but busy: press its red key until it shows its idle screen.`];
    case 'no_such_port':
      return [
        `There is no port ${port} now: switch the terminal on and plug its cable in. On Windows the driver of its`,
        'maker has to be installed. The connector takes the port as soon as it is there.',
      ];
    case 'no_rights':
      if (presence.group === 'root') return [rootOnly(port, presence.userName)];
      if (presence.belongs) {
        return [
          `${presence.userName} may not use ${port} yet, but belongs to its group ${presence.group} already: log out and in again (or restart).`,
        ];
      }
      return [
        `${presence.userName} may not use ${port}, which belongs to the group ${presence.group}. Run this, then log in again:`,
        `  sudo usermod -a -G ${presence.group} ${presence.userName}`,
      ];
    case 'in_use':
      return [`${port} is in use by another program: close it (another till program, or an earlier connector).`];
    case 'not_serial':
      return [`${port} is not a serial port: correct serial_port in the configuration.`];
    case 'other_system':
      return presence.platform === 'windows'
        ? [`${port} is the name of a port on Windows; here it is a path such as /dev/ttyACM0, or auto.`]
        : [`${port} is the name of a port on Linux; here it is COM and a number, such as COM3, or auto.`];
    case 'no_terminal':
      return ['No payment terminal is plugged in by USB yet: the connector takes it as soon as it is there.'];
    case 'several_terminals':
      return [
        `Several devices look like a payment terminal: ${presence.ports.join(' and ')}. Write the right one into`,
        'serial_port in the configuration, or run the setup again and choose it.',
      ];
    case 'cannot_open':
      return [`${port} cannot be opened (${presence.why}): is the device switched on, and is this the right port?`];
  }
}

function rootOnly(port: string, userName: string): string {
  return `${userName} may not use ${port}, which belongs to root alone: give it to the group dialout by a udev rule.`;
}
