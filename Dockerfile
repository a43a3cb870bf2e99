# `benchwright serve` in a container: docs/container.md. The root file system may be read-only; nothing is written but to mounted folders.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.mjs node && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/public/data ./public/data
COPY --from=build /app/dist/node ./dist/node
COPY --from=build /app/scripts/benchwright.mjs ./scripts/
# The number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8501/v2/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/benchwright.mjs"]
CMD ["serve", "/models/model", "--host", "0.0.0.0", "--port", "8501"]
