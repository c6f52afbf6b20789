// Visits each address as Lighthouse's slow telephone and prints its reports, one a line.
// Usage: visit.mjs RUNS CHROMIUM'S_FLAGS ADDRESS…, the flags being parted by spaces.
// One browser for all visits: starting it anew for each would double the time; its storage is
// emptied before each visit.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [runs, flags, ...addresses] = process.argv.slice(2);
const chromium = await launch({ chromeFlags: flags.split(" ") });
try {
  for (const address of addresses) {
    for (let run = 0; run < Number(runs); run += 1) {
      const { lhr } = await lighthouse(address, { port: chromium.port, logLevel: "error" });
      console.log(JSON.stringify(lhr));
    }
  }
} finally {
  chromium.kill();
}
