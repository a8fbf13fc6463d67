// ESLint for the JavaScript outside web/: tests and tools, by the rules of web/.
export { default } from '../../web/eslint.config.js';
