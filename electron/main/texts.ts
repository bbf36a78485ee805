/** What the desktop host itself says: menus and dialogs of the system. The screens have their own locale. */
export const texts = {
  file: 'File',
  startScreen: 'Start screen',
  newWindow: 'New window',
  edit: 'Edit',
  undoMark: 'Undo last mark',
  view: 'View',
  help: 'Help',
  shortcuts: 'Keyboard shortcuts',
  cannotStart: 'Attune cannot start',
  stopped: 'Attune stopped working',
  stoppedWhy:
    'The window failed several times in a row. Every mark that was shown as saved is kept: start Attune again.',
  lent: 'This device is with the standardized patient. Give it back with the return code before opening another window.',
  syncedFolder: 'The data folder is copied by another program',
  chosenKinds: 'Files that can be read here',
} as const
