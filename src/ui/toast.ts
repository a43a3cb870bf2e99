/** A short message at the foot of the page, perhaps with what undoes it. */
export interface Toast {
  id: number;
  message: string;
  tone: 'neutral' | 'bad';
  action?: { label: string; run: () => Promise<void> | void };
}
