import { Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import '../connect.js';
import { EntityCard } from './entity-card';

@Component({ selector: 'app-portal', imports: [EntityCard], template: '@if (entity(); as shown) { <entity-card [entity]="shown" /> }' })
class Portal {
  readonly entity = signal<object | undefined>(undefined);

  constructor() {
    Object.assign(globalThis, { portal: { show: (next?: object) => this.entity.set(next) } });
  }
}

void bootstrapApplication(Portal, { providers: [provideZonelessChangeDetection()] });
