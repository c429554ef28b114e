// Tells that something is under way, once it has taken so long that somebody wonders.

import { announce } from "./dom.js";

const patience = 200;
const patienceOfListeners = 1500;
const underWay = new Set();

/** Whatever the promise becomes. */
export async function whileBusy(promise) {
  const timers = [
    setTimeout(() => document.documentElement.classList.add("busy"), patience),
    setTimeout(() => announce("Still loading…"), patienceOfListeners),
  ];
  underWay.add(promise);
  try {
    return await promise;
  } finally {
    timers.forEach(clearTimeout);
    underWay.delete(promise);
    if (underWay.size === 0) {
      document.documentElement.classList.remove("busy");
    }
  }
}
