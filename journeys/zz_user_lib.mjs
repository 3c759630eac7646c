import { open, DESK, PHONE, logInAs } from './browser.mjs';
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
export const H=JSON.parse(readFileSync('/tmp/user/houses.json'));
export {DESK,PHONE,logInAs};
export const PW="一句很长的话作为密码 2026";
export async function who(house, name, viewport=DESK){
  const o=await open(H[house],{viewport});
  o.page.setDefaultTimeout(8000);
  const f=`/tmp/user/st-${house}-${name}.json`;
  if(existsSync(f)) await o.context.addCookies(JSON.parse(readFileSync(f)));
  else if(name && house!=='real') {await logInAs(o.page,name);}
  o.save=async()=>writeFileSync(f,JSON.stringify(await o.context.cookies()));
  if(name) await o.save();
  o.page.on('pageerror',e=>console.log('PAGEERROR',e.message));
  o.page.on('response',r=>{ if(r.status()>=400) console.log('HTTP',r.status(),r.request().method(),r.url())});
  return o;
}
export async function shot(page,n,full=true){await page.screenshot({path:`/tmp/user/${n}.png`,fullPage:full});
 const over=await page.evaluate(()=>document.documentElement.scrollWidth-innerWidth); if(over>0)console.log('OVERFLOW',n,over);}
export async function txt(page){return (await page.locator('main').innerText().catch(()=>page.locator('body').innerText())).replace(/\n+/g,'\n')}
export async function code(page,code,first){
  await page.goto("/accounts/code");
  await page.getByLabel("一次性代码").fill(code);
  if (first) { await page.getByLabel("登录名").fill(first); await page.getByLabel("姓名").fill(first); }
  await page.getByLabel("密码", { exact: true }).fill(PW);
  await page.getByLabel("再输入一次").fill(PW);
  await page.getByRole("button", { name: "设置密码" }).click();
  await page.waitForLoadState();
}
export async function signs(page,name){
  await page.goto("/accounts/sign-in");
  await page.getByLabel("登录名").fill(name); await page.getByLabel("密码").fill(PW);
  await page.getByRole("button", { name: "登录" }).click(); await page.waitForLoadState();
}
export async function run(f){try{await f()}catch(e){console.log('ERR',e.message.slice(0,600))}process.exit(0)}
