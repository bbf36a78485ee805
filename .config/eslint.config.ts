import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig, globalIgnores } from 'eslint/config'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript-eslint'
import { attunePlugin } from './import-rules.ts'
import { oneProgramParser } from './one-program-parser.ts'

const tsconfigRootDir = fileURLToPath(new URL('..', import.meta.url))

/** Files whose work is to print. */
const printers = ['electron/cli/**', 'electron/launch/**', 'electron/web/main.ts', 'tests/**', 'resources/**']

export default defineConfig(
  // The last: what the build leaves beside its configuration while it runs, beside the linter too.
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', 'playwright-report/', '*.config.ts.*.mjs']),
  { linterOptions: { noInlineConfig: true } },
  {
    files: ['**/*.{ts,vue}'],
    extends: [js.configs.recommended, typescript.configs.strictTypeChecked],
    plugins: { attune: attunePlugin },
    languageOptions: {
      parser: oneProgramParser,
      parserOptions: { projectService: true, tsconfigRootDir },
    },
    rules: {
      'attune/boundaries': 'error',
      // The compiler refuses enums, and closures stand where classes would: both rules cost a tenth of all linting.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      // TypeScript reports unused names and knows every global.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      // A function that promises a value may have it at hand: the contract is asynchronous, not every answer is.
      '@typescript-eslint/require-await': 'off',
      // Objects are made of closures here; none of their functions needs a `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  { files: printers, rules: { 'no-console': 'off' } },
  {
    // Playwright reads from the pattern what a fixture depends on; one may depend on nothing.
    files: ['tests/e2e/fixtures.ts'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended'], accessibility.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: oneProgramParser, extraFileExtensions: ['.vue'] } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': 'error',
      'vue/define-emits-declaration': 'error',
      'vue/no-bare-strings-in-template': [
        'error',
        {
          attributes: {
            '/.+/': [
              'title',
              'placeholder',
              'alt',
              'aria-label',
              'aria-description',
              'aria-placeholder',
              'aria-roledescription',
              'aria-valuetext',
            ],
            // What our own components show.
            '/^[A-Z]/': [
              'badge',
              'caption',
              'caveat',
              'description',
              'error',
              'heading',
              'hint',
              'kept',
              'label',
              'legend',
              'other',
              'stay',
              'text',
              'verb',
            ],
            track: ['label'],
            option: ['label'],
            optgroup: ['label'],
          },
        },
      ],
      // The content security policy forbids style attributes.
      'vue/no-static-inline-styles': 'error',
      'vue/no-v-html': 'error',
      // Optional props are typed; a default is given where one is meant.
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['renderer/**'],
    ignores: ['renderer/api.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'EventSource', 'WebSocket', 'XMLHttpRequest'].map((name) => ({
          name,
          message: 'Only renderer/api.ts talks to the host.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        ...['window', 'globalThis', 'self'].map((object) => ({
          object,
          property: 'attune',
          message: 'Only renderer/api.ts touches the bridge.',
        })),
      ],
    },
  },
  {
    files: ['electron/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { property: 'openExternal', message: 'Attune stays offline: it hands no address to the system.' },
      ],
    },
  },
  prettier,
)
