throw new Error('thrown while starting');
