import type { SystemErrors } from './system-errors-english.ts';

export const systemErrorsInFrench: SystemErrors = {
  ENOENT: (path) => `${path} n'existe pas`,
  EACCES: (path) => `vous n'avez pas le droit d'utiliser ${path}. Donnez-vous les droits sur lui`,
  EPERM: (path) => `le système l'interdit pour ${path}. Donnez-vous les droits sur lui`,
  EROFS: (path) => `rien ne peut y être écrit : ${path} est sur un disque monté en lecture seule`,
  ENOSPC: (path) => `le disque est plein : plus de place pour ${path}. Faites-en, puis relancez l'installation`,
  EDQUOT: (path) =>
    `plus de place pour ${path} dans ce que vous pouvez utiliser du disque. Faites-en, puis relancez l'installation`,
  EISDIR: (path) => `${path} est un dossier, alors qu'un fichier est attendu`,
  ENOTDIR: (path) => `une partie de ${path} est un fichier, alors qu'un dossier est attendu`,
  EBUSY: (path) => `un autre programme utilise ${path}. Fermez-le, puis relancez l'installation`,
  ETXTBSY: (path) => `un autre programme utilise ${path}. Fermez-le, puis relancez l'installation`,
  EMFILE: (path) =>
    `trop de fichiers sont ouverts pour ouvrir ${path}. Fermez des programmes, puis relancez l'installation`,
  EIO: (path) => `le disque de ${path} est défaillant. Faites-le examiner`,
  ENAMETOOLONG: (path) => `${path} est un nom trop long`,
};
