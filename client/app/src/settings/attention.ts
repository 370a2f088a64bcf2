import type { Preferences } from "./preferences.ts";

/** Two soft tones, the second a fourth higher. Hertz. */
const TONES_HZ = [587, 784];

/** How long each lasts. Seconds. */
const TONE_S = 0.14;

/** Calls for the attention of somebody who does not see the page, in the ways that they have chosen. */
export function callForAttention(text: string, { sound, desktop }: Preferences): void {
  if (!document.hidden) return;
  if (sound) play();
  if (desktop && "Notification" in window && Notification.permission === "granted") {
    // Some phones know notifications from service workers only, and throw.
    try {
      const notification = new Notification(document.title, { body: text, tag: "flagship" });
      notification.onclick = () => window.focus();
    } catch {}
  }
}

function play(): void {
  const context = new AudioContext();
  const begin = context.currentTime;
  TONES_HZ.forEach((frequency, index) => {
    const tone = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0 });
    const start = begin + index * TONE_S;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.08, start + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + TONE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + TONE_S);
    if (index === TONES_HZ.length - 1) tone.onended = () => void context.close();
  });
}
