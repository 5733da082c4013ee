/**
 * The writer makes the file where there is none, and is the only one that changes facts. A visitor comes from outside the
 * service, and leaves no trace: no file is made, none is changed.
 */
export type StoreRole = 'writer' | 'reader' | 'visitor';
