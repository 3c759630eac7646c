import { start, serveNew } from './house.mjs';
import { writeFileSync } from 'node:fs';
const [a,b,c]=await Promise.all([serveNew(), start("--today","2024-08-20"), start("--today","2024-11-20")]);
await new Promise(r=>setTimeout(r,500));
writeFileSync('/tmp/user/houses.json', JSON.stringify({real:a.base,codes:a.codes,demo:b.base,nov:c.base}));
process.on('SIGTERM', async()=>{await Promise.all([a.stop(),b.stop(),c.stop()]);process.exit(0)});
setInterval(()=>{},1000);
