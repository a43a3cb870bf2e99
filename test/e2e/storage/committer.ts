/** The worker that commits until the browser is killed. */
import { commitForEver } from './page.js';

addEventListener('message', ({ data }: MessageEvent<number>) => void commitForEver(data));
