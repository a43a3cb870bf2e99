/** The port that `PORT` asks for, and what is said where it cannot be had. For `npm start` and `npm run dev`. */
import process from 'node:process';

/**
 * @param {string | undefined} text left out or empty: `usual`; 0: a free one
 * @throws {RangeError} where it is no port
 */
export function portFrom(text, usual) {
  if (!text?.trim()) return usual;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`PORT is "${text}", which is no port. Give a whole number from 0 to 65535.`);
}

/** Ends the process where `PORT` is no port. */
export function askedPort(usual) {
  try {
    return portFrom(process.env.PORT, usual);
  } catch (error) {
    return refuse(error.message);
  }
}

/** @param {string} command what was begun, such as `npm start` */
export const refuseTakenPort = (port, command) =>
  refuse(`Port ${port} is taken by another program. End that one, or choose another port: PORT=${port < 65_535 ? port + 1 : 0} ${command}`);

function refuse(message) {
  console.error(message);
  process.exit(1);
}
