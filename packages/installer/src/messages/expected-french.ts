import type { FieldKey } from '@hipay-ecr/shared/config/fields.ts';

const application = "l'application de paiement : 3 chiffres ou lettres";
const merchantId = 'le numéro de commerçant : 7 chiffres ou lettres';
const rank = 'le rang du terminal : 3 chiffres ou lettres';
const seconds = (least: number, most: number) => `un nombre entier de secondes de ${least} à ${most}`;
const days = 'un nombre de jours de 1 à 36500';
const httpsUrl = 'une URL qui commence par https:// (http:// pour cette machine seulement), sans identifiants, ? ni #';
const printable = (what: string, but = '') => `${what} : 1 à 255 caractères imprimables${but}`;

const expected: Record<FieldKey, string> = {
  baudRate: '1200, 2400, 4800, 9600, 19200, 38400, 57600 ou 115200',
  dataBits: '7 ou 8',
  parity: 'none, even ou odd',
  stopBits: '1 ou 2',
  hipay_login: printable("l'identifiant HiPay", ' sans :'),
  hipay_password: printable('le mot de passe HiPay'),
  serial_port:
    'un chemin de périphérique tel que /dev/ttyACM0, COM et un numéro tel que COM3, tcp://hôte:port, ou auto',
  serial_number:
    'le numéro de série du terminal : 1 à 64 chiffres, lettres, - _ . et espaces, le premier un chiffre ou une lettre',
  local_port: 'un numéro de port de 1 à 65535',
  api_username: printable("l'identifiant de l'interface locale", ' sans :'),
  api_password: printable("le mot de passe de l'interface locale"),
  environment: 'dev ou prod',
  authorization_threshold: 'un montant de 0 à 999999,99 avec au plus deux décimales, tel que 100 ou 49,90',
  update_time: 'une heure de 00:00 à 23:59, écrite HH:MM, telle que 03:00',
  'contract.proxy.payment_application': application,
  'contract.proxy.merchant_id': merchantId,
  'contract.proxy.rank': rank,
  'contract.nfc.payment_application': application,
  'contract.nfc.merchant_id': merchantId,
  'contract.nfc.rank': rank,
  pos_number: 'un numéro de 01 à 99',
  payment_timeout: seconds(30, 900),
  notification_timeout: seconds(0, 60),
  repeat_window: seconds(0, 604_800),
  order_id_scope: 'day, forever ou none',
  private_data: 'token ou blank',
  allowed_currencies: 'une devise ISO 4217 à deux décimales, telle que EUR',
  allowed_transaction_types: 'Debit ou Credit',
  allowed_origins: 'une origine telle que https://caisse.example, sans chemin',
  hipay_hash_key: printable('la clé du hash'),
  hipay_gateway_url: httpsUrl,
  hipay_api_url: httpsUrl,
  update: 'auto, check ou off',
  update_url: httpsUrl,
  https_proxy: "l'URL d'un proxy, telle que http://proxy.example:3128",
  language: 'en ou fr',
  log_level: 'error, warn, info ou debug',
  log_days: days,
  journal_days: days,
};

export function expectedInFrench(key: FieldKey): string {
  return expected[key];
}
