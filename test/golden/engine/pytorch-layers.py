"""Made with PyTorch: outputs, losses and gradients of small networks of each kind of layer, in double precision from weights rounded to
single, for test/contract/engine. Prints pytorch-layers.json. Weights are given in the order and arrangement of Benchwright's plan."""
import json
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)
ROWS = 4


def rounded(*shape):
    return torch.randn(*shape).float().double()


def swapped(tensor):
    """PyTorch's gates are r, z, n; ours are z, r, n. Along the first axis."""
    r, z, n = tensor.chunk(3)
    return torch.cat([z, r, n])


same = lambda tensor: tensor
turned = lambda tensor: tensor.T
of_convolution = lambda tensor: tensor.permute(2, 1, 0)
gates = lambda tensor: swapped(tensor).T
linear = lambda layer: [(layer.weight, turned), (layer.bias, same)]
convolution = lambda layer: [(layer.weight, of_convolution), (layer.bias, same)]
normalisation = lambda layer: [(layer.weight, same), (layer.bias, same)]
gru = lambda layer: [(layer.weight_ih_l0, gates), (layer.bias_ih_l0, swapped), (layer.weight_hh_l0, gates), (layer.bias_hh_l0, swapped)]
attention = lambda layer: [
    (layer.in_proj_weight, turned),
    (layer.in_proj_bias, same),
    (layer.out_proj.weight, turned),
    (layer.out_proj.bias, same),
]


def case(name, model, parameters, inputs, targets, forward, criterion):
    with torch.no_grad():
        for tensor, _ in parameters:
            tensor.copy_((torch.randn_like(tensor) * 0.5).float().double())
    outputs = forward(inputs)
    loss = criterion(outputs, targets)
    loss.backward()
    answers = outputs
    if model["loss"] == "softmaxCrossEntropy":
        answers = outputs.softmax(-1)
    elif model["loss"] == "sigmoidCrossEntropy":
        answers = outputs.sigmoid()
    flat = lambda tensor: tensor.detach().flatten().tolist()
    return {
        "name": name,
        "model": model,
        "rows": len(inputs),
        "weights": [number for tensor, arranged in parameters for number in flat(arranged(tensor))],
        "inputs": flat(inputs),
        "targets": flat(targets),
        "answers": flat(answers),
        "loss": loss.item(),
        "gradient": [number for tensor, arranged in parameters for number in flat(arranged(tensor.grad))],
    }


def end(units):
    return {"kind": "dense", "units": units, "activation": "linear"}


def sequence(length, channels, layers, loss, units, **more):
    return {"inputs": length * channels, "shape": [length, channels], "layers": [*layers, end(units)], "loss": loss, **more}


cases = []

# Convolutions: rows first, then places, then channels; PyTorch has channels before places.
one, two, three, last = nn.Conv1d(2, 5, 3, padding="same"), nn.Conv1d(5, 4, 3, dilation=2), nn.Conv1d(4, 6, 2, stride=2), nn.Linear(6 * 2, 3)


def convolutions(x):
    x = F.max_pool1d(torch.relu(one(x.transpose(1, 2))), 2, 1)
    x = torch.tanh(two(F.pad(x, (4, 0))))
    x = F.avg_pool1d(F.gelu(three(x)), 2)
    return last(x.transpose(1, 2).flatten(1))


cases.append(
    case(
        "convolutions and pooling along a sequence",
        sequence(
            10,
            2,
            [
                {"kind": "conv1d", "filters": 5, "kernel": 3, "padding": "same", "activation": "relu"},
                {"kind": "maxPool1d", "size": 2, "stride": 1},
                {"kind": "conv1d", "filters": 4, "kernel": 3, "dilation": 2, "padding": "causal", "activation": "tanh"},
                {"kind": "conv1d", "filters": 6, "kernel": 2, "stride": 2, "activation": "gelu"},
                {"kind": "averagePool1d", "size": 2},
                {"kind": "flatten"},
            ],
            "softmaxCrossEntropy",
            3,
        ),
        convolution(one) + convolution(two) + convolution(three) + linear(last),
        rounded(ROWS, 10, 2),
        torch.tensor([0, 2, 1, 1]),
        convolutions,
        F.cross_entropy,
    )
)

first_gru, second_gru, head = nn.GRU(3, 5, batch_first=True), nn.GRU(5, 4, batch_first=True), nn.Linear(4, 2)
cases.append(
    case(
        "gated recurrent units over another's states, Huber",
        sequence(
            6, 3, [{"kind": "gru", "units": 5, "sequences": True}, {"kind": "gru", "units": 4}], "huber", 2, delta=0.7
        ),
        gru(first_gru) + gru(second_gru) + linear(head),
        rounded(ROWS, 6, 3),
        rounded(ROWS, 2),
        lambda x: head(second_gru(first_gru(x)[0])[1][0]),
        lambda outputs, targets: F.huber_loss(outputs, targets, delta=0.7),
    )
)

masked_gru, masked_head = nn.GRU(3, 5, batch_first=True), nn.Linear(5, 2)
lengths = torch.tensor([6, 2, 4, 1])
padded = rounded(ROWS, 6, 3)
for row, length in enumerate(lengths):
    padded[row, length:] = 0


def packed(x):
    states = masked_gru(pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False))[0]
    sums = pad_packed_sequence(states, batch_first=True)[0].sum(1)
    return masked_head(sums / lengths[:, None])


cases.append(
    case(
        "sequences of different lengths, absolute error",
        sequence(
            6,
            3,
            [
                {"kind": "mask", "name": "counts"},
                {"kind": "gru", "from": "input", "units": 5, "sequences": True, "mask": "counts"},
                {"kind": "globalAveragePool", "mask": "counts"},
            ],
            "meanAbsoluteError",
            2,
        ),
        gru(masked_gru) + linear(masked_head),
        padded,
        rounded(ROWS, 2),
        packed,
        F.l1_loss,
    )
)

into, places = nn.Linear(3, 6), nn.Parameter(rounded(5, 6))
block, causal = (nn.MultiheadAttention(6, heads, batch_first=True) for heads in (2, 3))
norm_one, norm_two = nn.LayerNorm(6), nn.LayerNorm(6)
up, down, labels = nn.Linear(6, 8), nn.Linear(8, 6), nn.Linear(6, 3)
words = rounded(ROWS, 5, 3)
words[0, 3:] = 0
words[2, 1:] = 0
counts = (words != 0).any(-1)


def encoder(x):
    x = torch.tanh(into(x)) + places
    normal = norm_one(x)
    x = x + block(normal, normal, normal, key_padding_mask=~counts)[0]
    x = x + down(F.gelu(up(norm_two(x))))
    before = torch.triu(torch.ones(5, 5, dtype=torch.bool), 1)
    x = causal(x, x, x, attn_mask=before)[0]
    x = x.masked_fill(~counts[..., None], float("-inf")).amax(1)
    return labels(x)


cases.append(
    case(
        "attention of an encoder, masked and causal, several labels",
        sequence(
            5,
            3,
            [
                {"kind": "mask", "name": "counts"},
                {"kind": "dense", "from": "input", "units": 6, "activation": "tanh"},
                {"kind": "positionalEmbedding", "name": "words"},
                {"kind": "layerNormalization", "epsilon": 1e-5},
                {"kind": "multiHeadAttention", "heads": 2, "mask": "counts", "name": "attention"},
                {"kind": "add", "from": ["words", "attention"], "name": "middle"},
                {"kind": "layerNormalization", "epsilon": 1e-5},
                {"kind": "dense", "units": 8, "activation": "gelu"},
                {"kind": "dense", "units": 6, "activation": "linear", "name": "forward"},
                {"kind": "add", "from": ["middle", "forward"]},
                {"kind": "multiHeadAttention", "heads": 3, "causal": True},
                {"kind": "globalMaxPool", "mask": "counts"},
            ],
            "sigmoidCrossEntropy",
            3,
        ),
        linear(into)
        + [(places, same)]
        + normalisation(norm_one)
        + attention(block)
        + normalisation(norm_two)
        + linear(up)
        + linear(down)
        + attention(causal)
        + linear(labels),
        words,
        torch.randint(0, 2, (ROWS, 3)).double(),
        encoder,
        F.binary_cross_entropy_with_logits,
    )
)

colours, towns = nn.Embedding(4, 2), nn.Embedding(6, 3)
start, branch, values = nn.Linear(7, 5), nn.Linear(5, 5), nn.Linear(5, 1)
table = rounded(ROWS, 4)
table[:, 0] = torch.tensor([0, 3, 1, 3])
table[:, 2] = torch.tensor([5, 5, 2, 0])


def mixed(x):
    x = torch.cat([colours(x[:, 0].long()), towns(x[:, 2].long()), x[:, 1:2], x[:, 3:4]], 1)
    x = torch.relu(start(x))
    return values(x + F.silu(branch(x)))


cases.append(
    case(
        "categorical columns beside numbers, and a residual connection",
        {
            "inputs": 4,
            "layers": [
                {"kind": "slice", "first": 0, "count": 1},
                {"kind": "embedding", "vocabulary": 4, "dimension": 2, "name": "colours"},
                {"kind": "slice", "from": "input", "first": 2, "count": 1},
                {"kind": "embedding", "vocabulary": 6, "dimension": 3, "name": "towns"},
                {"kind": "concatenate", "from": ["colours", "towns"]},
                {"kind": "flatten", "name": "categories"},
                {"kind": "slice", "from": "input", "first": 1, "count": 1, "name": "one"},
                {"kind": "slice", "from": "input", "first": 3, "count": 1, "name": "other"},
                {"kind": "concatenate", "from": ["categories", "one", "other"]},
                {"kind": "dense", "units": 5, "activation": "relu", "name": "start"},
                {"kind": "dense", "units": 5, "activation": "silu", "name": "branch"},
                {"kind": "add", "from": ["start", "branch"]},
                end(1),
            ],
            "loss": "meanSquaredError",
        },
        [(colours.weight, same), (towns.weight, same)] + linear(start) + linear(branch) + linear(values),
        table,
        rounded(ROWS, 1),
        mixed,
        F.mse_loss,
    )
)

print(json.dumps({"version": torch.__version__, "cases": cases}))
