/** Every panel's styles in one list. */
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { tables } from '../styles/tables.js';

export const panelStyles = [base, controls, layout, tables];
