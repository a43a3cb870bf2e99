"""Made with PyTorch: learning rates of its schedulers, and curves of its optimizers with clipping, decay and label smoothing, in double
precision, for test/unit/train/schedule.test.ts and test/contract/engine. Prints pytorch-training.json."""
import json
import torch
from torch.nn.functional import cross_entropy
from torch.optim.lr_scheduler import CosineAnnealingLR, OneCycleLR, ReduceLROnPlateau

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)


def rates(make, steps, losses=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    scheduler = make(optimizer)
    seen = []
    for step in range(steps):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([] if losses is None else [losses[step]]))
    return seen


losses = [1, 0.9, 0.9, 0.95, 0.91, 0.92, 0.5, 0.49999, 0.51, 0.5, 0.49, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
schedules = {
    "cosine": rates(lambda o: CosineAnnealingLR(o, T_max=40, eta_min=0.1 * 0.2), 40),
    "oneCycle": rates(lambda o: OneCycleLR(o, max_lr=0.1, total_steps=40, cycle_momentum=False), 40),
    "oneCycleOwn": rates(
        lambda o: OneCycleLR(o, max_lr=0.1, total_steps=37, pct_start=0.45, div_factor=10, final_div_factor=50, cycle_momentum=False), 37
    ),
    "plateau": rates(lambda o: ReduceLROnPlateau(o, factor=0.5, patience=2, threshold=1e-3, min_lr=0.1 * 0.1, eps=0), len(losses), losses),
}

shapes = [(4, 6), (6,), (6, 3), (3,)]
start = [torch.randn(shape) * 0.5 for shape in shapes]
inputs = torch.randn(8, 4)
targets = torch.randint(0, 3, (8,))


def curve(make, smoothing=0.0, value=None, norm=None, steps=25):
    parameters = [tensor.float().double().clone().requires_grad_() for tensor in start]
    w1, b1, w2, b2 = parameters
    optimizer = make([{"params": [w1, w2]}, {"params": [b1, b2], "weight_decay": 0}])
    seen = []
    for _ in range(steps):
        optimizer.zero_grad()
        logits = torch.tanh(inputs.float().double() @ w1 + b1) @ w2 + b2
        loss = cross_entropy(logits, targets, label_smoothing=smoothing)
        loss.backward()
        seen.append(loss.item())
        if value is not None:
            torch.nn.utils.clip_grad_value_(parameters, value)
        if norm is not None:
            torch.nn.utils.clip_grad_norm_(parameters, norm)
        optimizer.step()
    return {"losses": seen, "weights": [number for tensor in parameters for number in tensor.detach().flatten().tolist()]}


adam = {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
curves = [
    {
        "name": "Adam with L2, clipped by norm, smoothed",
        "optimizer": {**adam, "weightDecay": 0, "l2": 0.05, "clip": {"norm": 0.3}},
        "smoothing": 0.1,
        **curve(lambda p: torch.optim.Adam(p, lr=0.02, weight_decay=0.05), 0.1, None, 0.3),
    },
    {
        "name": "AdamW",
        "optimizer": {**adam, "weightDecay": 0.1},
        "smoothing": 0,
        **curve(lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.1)),
    },
    {
        "name": "SGD with Nesterov momentum and L2, clipped by value",
        "optimizer": {"kind": "sgd", "momentum": 0.9, "nesterov": True, "weightDecay": 0, "l2": 0.01, "clip": {"value": 0.04}},
        "smoothing": 0,
        **curve(lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01), 0, 0.04),
    },
    {
        "name": "SGD with momentum, clipped by value and norm, smoothed",
        "optimizer": {"kind": "sgd", "momentum": 0.8, "nesterov": False, "weightDecay": 0, "clip": {"value": 0.1, "norm": 0.2}},
        "smoothing": 0.25,
        **curve(lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.8), 0.25, 0.1, 0.2),
    },
    {
        "name": "RMSprop with L2",
        "optimizer": {"kind": "rmsprop", "decay": 0.99, "epsilon": 1e-8, "weightDecay": 0, "l2": 0.02},
        "smoothing": 0,
        **curve(lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.99, weight_decay=0.02)),
    },
]

flat = lambda tensors: [number for tensor in tensors for number in tensor.float().flatten().tolist()]
print(
    json.dumps(
        {
            "version": torch.__version__,
            "validationLosses": losses,
            "schedules": schedules,
            "start": flat(start),
            "inputs": flat([inputs]),
            "targets": targets.tolist(),
            "curves": curves,
        }
    )
)
