import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
run(async()=>{
 const a=await who('demo','许国强'); const p=a.page;
 await p.goto('/tickets/systems'); console.log('SYSTEMS',await txt(p)); await shot(p,'d2-systems');
 for (const f of await p.locator('main form').all()) console.log('FORM',(await f.innerHTML()).replace(/\s+/g,' ').slice(0,1800));
 await p.goto('/tickets/callbacks'); console.log('CALLBACKS',await txt(p)); await shot(p,'d2-callbacks');
 for (const f of await p.locator('main form').all()) console.log('FORM',(await f.innerHTML()).replace(/\s+/g,' ').slice(0,1800));
 const b=await who('demo','马莉'); const q=b.page; await q.goto('/tickets/callbacks');console.log('SECCB',await txt(q));
 for (const f of await q.locator('main form').all()) console.log('FORM',(await f.innerHTML()).replace(/\s+/g,' ').slice(0,1800)); await shot(q,'d2-seccb');
 const c=await who('demo','程立新'); const r=c.page;
 await r.goto('/tickets/hotlines'); console.log('HOTLINES',await txt(r)); await shot(r,'d3-hot');
 console.log(await r.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 for (const f of await r.locator('main form').all()) console.log('FORM',(await f.innerHTML()).replace(/\s+/g,' ').slice(0,1800));
 await r.goto('/tickets/rates'); console.log('RATES',(await txt(r)).slice(0,2500)); await shot(r,'d3-rates');
 console.log(await r.locator('main a').evaluateAll(x=>x.slice(0,30).map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 for (const s of ['accepted','closed','answered']) {await r.goto('/tickets?stage='+s); console.log('LIST',s,await r.locator('main tbody').innerText().catch(()=>'-'));console.log(await r.locator('main tbody a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));}
 const d=await who('nov','方明远'); const s=d.page; await s.goto('/campaigns/18657331205387'); console.log('CAMP',(await txt(s)).slice(0,1200)); 
 console.log(await s.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
});
