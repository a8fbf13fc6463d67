// The overview: connects its cards, copies the snippet.
import './connect.js';
import { makeCopyButton } from './dom.js';

makeCopyButton();
