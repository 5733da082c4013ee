import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answersFile } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { deedsOf, setupAtTerminal, setupWithoutTerminal } from './support/run-setup.ts';

let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill({ platform: 'win32', locale: 'fr-FR' });
});
afterEach(() => folder.remove());

test('the whole dialogue, on a machine that speaks French', async () => {
  const place = join(folder.root, 'caisse');
  const setup = setupAtTerminal(folder.till);
  const answers: [string, string][] = [
    ['Saisissez votre identifiant HiPay', '1234567.stage-secure-gateway.hipay-tpp.com'],
    ['Saisissez votre mot de passe HiPay', 'Test_1234567'],
    ["Choisissez le dossier d'installation.", place],
    ['Sur quel port série le terminal de paiement est-il branché ?', 'COM1'],
    ['Saisissez le numéro de série du terminal de paiement', 'SN_123'],
    ["Choisissez le port local de l'API", '3001'],
    ["identifiant de l'API locale", 'log'],
    ["mot de passe de l'API locale", 'secret'],
    ["Environnement d'exécution", 'prod'],
    ["Seuil d'autorisation", '3,50'],
    ["Heure de mise à jour de l'application", '6h15'],
  ];
  for (const [question, typed] of answers) await setup.answers(`? ${question}`, typed);
  await setup.sees('> Attendu : une heure de 00:00 à 23:59, écrite HH:MM');
  await setup.answers('HH:MM', '\u001506:15');
  await setup.sees('Nous allons maintenant saisir les détails de vos contrats');
  await setup.answers('? Quel type de contrat avez-vous ?', 'proxy');
  await setup.answers('? Saisissez votre payment_application pour proxy', '001');
  await setup.answers('? Saisissez votre numéro de commerçant pour proxy', '1234567');
  await setup.answers('? Saisissez le rang du terminal pour proxy', '001');
  await setup.answers('Appuyez sur une touche pour démarrer le service tp-manager', '');
  await setup.answers('Appuyez sur une touche pour quitter...', '');
  expect(await setup.ended()).toBe(0);
  expect(setup.screen()).toContain('Installation terminée avec succès !\nVotre configuration est la suivante :\n{');
  expect(setup.screen()).not.toMatch(/\b(the|your|you|Enter|Select|which|installation folder)\b/i);
  const { plan } = deedsOf(folder.till)[0] as { plan: { language: string; values: Record<string, string> } };
  expect(plan.language).toBe('fr');
  expect(plan.values).toMatchObject({ language: 'fr', authorization_threshold: '3,50' });
});

test('--language en on that machine, and what is missing in French without it', async () => {
  const english = await setupWithoutTerminal(folder.till, ['--language', 'en']);
  expect(english.errors).toContain('"local API username" has no answer: give it by --api-username');
  const { status, errors } = await setupWithoutTerminal(folder.till, []);
  expect(status).toBe(2);
  expect(errors).toContain("« identifiant de l'API locale » n'a pas de réponse : donnez-la par --api-username");
  expect(errors).toContain('--api-password, --api-password-file ou TP_MANAGER_API_PASSWORD');
});

test('--help', async () => {
  const { status, output } = await setupWithoutTerminal(folder.till, ['--help']);
  expect(status).toBe(0);
  expect(output).toMatch(/^Utilisation : setup/);
  expect(output).toContain('montrer cette aide');
  expect(output).not.toMatch(/Usage|default|choices|display|<(text|file|path|number|amount)>/);
});

test.each([
  [['--colour'], "erreur : option inconnue '--colour'"],
  [['--local-prt', '1'], '(Vouliez-vous dire --local-port ?)'],
  [['--folder'], "erreur : l'option '--folder <chemin>' demande une valeur"],
  [
    ['--language', 'de', '--language', 'fr'],
    "erreur : la valeur 'de' de l'option '--language <en|fr>' n'est pas valable.",
  ],
  [['COM3'], 'erreur : arguments de trop : COM3.'],
])('%p: what is wrong with the command line', async (args, message) => {
  const { status, errors } = await setupWithoutTerminal(folder.till, args);
  expect(status).toBe(2);
  expect(errors).toContain(message);
  expect(errors).not.toMatch(/error|argument missing|Did you|Expected/);
});

test('what is wrong in a file of answers', async () => {
  const { errors } = await setupWithoutTerminal(
    folder.till,
    answersFile(folder, { local_port: 'many', colour: 'red' }),
  );
  expect(errors).toContain('answers.yml:6:13 : local_port : trouvé "many", attendu un numéro de port de 1 à 65535');
  expect(errors).toContain('colour : trouvé une clé inconnue, attendu une clé documentée ; elle est ignorée');
  expect(errors).toContain("Rien n'a été écrit.");
});
