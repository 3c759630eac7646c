import { chromium } from "playwright-core"; import { readFileSync } from "node:fs";
const [out,w,...files]=process.argv.slice(2);
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox"]}); const p=await b.newPage({viewport:{width:+w*2+20,height:800}});
await p.setContent("<body style='margin:0;display:grid;grid-template-columns:1fr 1fr;gap:6px;align-items:start'>"+files.map(f=>`<img style='width:${w}px;border:1px solid #999' src="data:image/png;base64,${readFileSync(f).toString("base64")}">`).join("")+"</body>");
await p.waitForTimeout(300); await p.screenshot({path:out,fullPage:true}); await b.close();
