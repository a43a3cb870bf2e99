"""Made with scikit-learn 1.2.1: some full-batch Adam steps of an MLP on real rows, for test/contract/engine. Prints sklearn-mlp.json."""
import json
import numpy as np
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer

features, classes = load_iris(return_X_y=True)
rows = np.arange(0, 150, 6)
features, classes = features[rows], classes[rows]
features = (features - features.mean(axis=0)) / features.std(axis=0)
settings = dict(learning_rate_init=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-8)

network = MLPClassifier((6, 5), activation='tanh', alpha=0, batch_size=len(rows), shuffle=False, random_state=1, **settings)
network.partial_fit(features, classes, classes=[0, 1, 2])
random = np.random.RandomState(3)
for values in network.coefs_ + network.intercepts_:
    values[...] = random.normal(size=values.shape) * 0.5
network._optimizer = AdamOptimizer(network.coefs_ + network.intercepts_, **settings)
network.loss_curve_ = []


def packed(kernels, biases):
    return np.concatenate([part.ravel() for pair in zip(kernels, biases) for part in pair]).tolist()


result = {
    'inputs': features.ravel().tolist(),
    'targets': classes.tolist(),
    'rows': len(rows),
    'weights': packed(network.coefs_, network.intercepts_),
}
for _ in range(25):
    network.partial_fit(features, classes)
result['losses'] = network.loss_curve_
result['trained'] = packed(network.coefs_, network.intercepts_)
result['probabilities'] = network.predict_proba(features).ravel().tolist()
print(json.dumps(result))
