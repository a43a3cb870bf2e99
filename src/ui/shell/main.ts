/** The page's entry: the frame, and nothing that the first screen does not need. */
import './app.js';
