import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
run(async()=>{
 const a=await who('demo','许国强'); const p=a.page;
 await p.goto('/'); console.log('SYS',await txt(p)); await shot(p,'d1-sys');
 console.log(await p.locator('nav a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 const b=await who('demo','马莉'); const q=b.page; await q.goto('/');console.log('SEC',await txt(q)); console.log(await q.locator('nav a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 const c=await who('demo','程立新'); const r=c.page; await r.goto('/');console.log('COUNTY',(await txt(r)).slice(0,1500)); console.log(await r.locator('nav a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | '))); await shot(r,'d1-county');
 await r.goto('/tickets'); console.log('TICKETS',(await txt(r)).slice(0,2500)); await shot(r,'d3-tickets');
 console.log(await r.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 const d=await who('nov','方明远'); const s=d.page; await s.goto('/campaigns'); console.log('CITY',(await txt(s)).slice(0,1500));
 console.log(await s.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
});
